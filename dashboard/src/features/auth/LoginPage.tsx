import { Alert, Anchor, Button, PasswordInput, PinInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '@/shared/api/problem';
import { useLang, useText } from '@/shared/i18n/text';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { explain } from '@/shared/ui/errors';
import { logIn, useEnter } from './auth.api';
import { authText } from './auth.text';
import { Door } from './Door';

const asksCode = (error: unknown) => error instanceof Problem && error.code === 'code_needed';

export function LoginPage() {
  const t = useText(authText);
  const { lang } = useLang();
  const [search] = useUrlState();
  const enter = useEnter();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [lost, setLost] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t.needEmail),
      password: (value) => (value ? null : t.needPassword),
    },
  });
  const login = useMutation({
    mutationFn: (code?: string) => logIn({ ...form.getValues(), ...(code ? { code } : {}) }),
    meta: { quiet: true },
    onSuccess: (out) => enter(out, search.then ?? '/'),
    onError: (error) => {
      if (asksCode(error)) setStep('code');
    },
  });
  const { error } = login;
  const status = error instanceof Problem ? error.status : undefined;
  const said =
    !error || asksCode(error)
      ? undefined
      : step === 'code'
        ? t.codeWrong
        : status === 401
          ? t.wrong
          : status === 423 || status === 429
            ? t.locked
            : explain(error, lang);

  return (
    <Door title={t.welcome} hint={step === 'code' ? t.codeHint : t.tagline}>
      {said && (
        <Alert color="red" role="alert">
          {said}
        </Alert>
      )}
      {step === 'code' ? (
        <Stack align="center">
          {lost ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                login.mutate(String(new FormData(event.currentTarget).get('code')).trim());
              }}
              style={{ width: '100%' }}
            >
              <Stack>
                <TextInput name="code" label={t.recoveryCode} autoFocus />
                <Button type="submit" loading={login.isPending}>
                  {t.signIn}
                </Button>
              </Stack>
            </form>
          ) : (
            <>
              <PinInput
                length={6}
                type="number"
                oneTimeCode
                autoFocus
                size="lg"
                aria-label={t.code}
                onComplete={(code) => {
                  login.mutate(code);
                }}
                disabled={login.isPending}
              />
              <Anchor
                component="button"
                size="sm"
                onClick={() => {
                  setLost(true);
                }}
              >
                {t.lost}
              </Anchor>
            </>
          )}
        </Stack>
      ) : (
        <form
          onSubmit={form.onSubmit(() => {
            login.mutate(undefined);
          })}
        >
          <Stack>
            <TextInput
              size="md"
              type="email"
              autoComplete="username"
              label={t.email}
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              size="md"
              autoComplete="current-password"
              label={t.password}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            <Button type="submit" size="md" loading={login.isPending}>
              {t.signIn}
            </Button>
          </Stack>
        </form>
      )}
      <Text size="sm" c="dimmed" ta="center">
        {t.noAccount}{' '}
        <Anchor component={Link} to="/signup" inherit underline="always">
          {t.signUp}
        </Anchor>
      </Text>
    </Door>
  );
}
