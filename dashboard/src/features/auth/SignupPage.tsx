import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fieldErrors } from '@/shared/api/problem';
import { useLang, useText } from '@/shared/i18n/text';
import { explain } from '@/shared/ui/errors';
import { signUp, useEnter } from './auth.api';
import { authText } from './auth.text';
import { Door } from './Door';

export function SignupPage() {
  const t = useText(authText);
  const { lang } = useLang();
  const enter = useEnter();
  const named = (value: string) => (value.trim() ? null : t.needName);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '', shop_name: '', whatsapp: '' },
    validate: {
      name: named,
      shop_name: named,
      email: (value) => (value.includes('@') ? null : t.needEmail),
      password: (value) => (value.length >= 10 ? null : t.shortPassword),
    },
  });
  const create = useMutation({
    mutationFn: () => {
      const { whatsapp, ...rest } = form.getValues();
      return signUp({ ...rest, ...(whatsapp ? { whatsapp } : {}) });
    },
    meta: { quiet: true },
    onSuccess: (out) => enter(out, '/welcome'),
    onError: (error) => {
      form.setErrors(fieldErrors(error));
    },
  });
  return (
    <Door title={t.signUpTitle} hint={t.signUpHint}>
      {create.error && (
        <Alert color="red" role="alert">
          {explain(create.error, lang)}
        </Alert>
      )}
      <form
        onSubmit={form.onSubmit(() => {
          create.mutate();
        })}
      >
        <Stack gap="sm">
          <TextInput
            label={t.shopName}
            autoComplete="organization"
            key={form.key('shop_name')}
            {...form.getInputProps('shop_name')}
          />
          <TextInput label={t.yourName} autoComplete="name" key={form.key('name')} {...form.getInputProps('name')} />
          <TextInput
            type="email"
            label={t.email}
            autoComplete="username"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <TextInput
            type="tel"
            label={t.whatsapp}
            placeholder="0712 345 678"
            key={form.key('whatsapp')}
            {...form.getInputProps('whatsapp')}
          />
          <PasswordInput
            label={t.password}
            description={t.passwordHint}
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={create.isPending} mt="xs">
            {t.create}
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed" ta="center">
        {t.haveAccount}{' '}
        <Anchor component={Link} to="/login" inherit underline="always">
          {t.signIn}
        </Anchor>
      </Text>
    </Door>
  );
}
