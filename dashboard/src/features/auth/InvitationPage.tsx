import { Alert, Button, PasswordInput, Skeleton, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useLang, useText } from '@/shared/i18n/text';
import { roleNames } from '@/shared/session/rights.text';
import { explain } from '@/shared/ui/errors';
import { accept, invitationQuery, useEnter } from './auth.api';
import { authText } from './auth.text';
import { Door } from './Door';

export function InvitationPage() {
  const t = useText(authText);
  const { lang } = useLang();
  const roles: Record<string, string> = useText(roleNames);
  const { token = '' } = useParams({ strict: false });
  const invitation = useQuery(invitationQuery(token));
  const enter = useEnter();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '' },
    validate: { password: (value) => (value.length >= 10 || invitation.data?.has_account ? null : t.shortPassword) },
  });
  const join = useMutation({
    mutationFn: () =>
      accept(token, invitation.data?.has_account ? { password: form.getValues().password } : form.getValues()),
    meta: { quiet: true },
    onSuccess: (out) => enter(out, '/'),
  });
  if (invitation.isPending)
    return (
      <Door title="" hint="">
        <Skeleton h={200} />
      </Door>
    );
  if (!invitation.data)
    return (
      <Door title={t.signIn} hint="">
        <Alert color="red">{t.invalidLink}</Alert>
      </Door>
    );
  const { shop, role, email, has_account: known } = invitation.data;
  return (
    <Door title={t.invitedTo(shop)} hint={t.invitedAs(roles[role] ?? role, email)}>
      {join.error && (
        <Alert color="red" role="alert">
          {explain(join.error, lang)}
        </Alert>
      )}
      <form
        onSubmit={form.onSubmit(() => {
          join.mutate();
        })}
      >
        <Stack>
          {!known && (
            <TextInput label={t.yourName} autoComplete="name" key={form.key('name')} {...form.getInputProps('name')} />
          )}
          <PasswordInput
            label={t.password}
            description={known ? t.knownHint : t.passwordHint}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={join.isPending}>
            {t.join}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
