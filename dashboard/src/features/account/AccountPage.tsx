import { Button, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { fieldErrors } from '@/shared/api/problem';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useLang, useText, type Lang } from '@/shared/i18n/text';
import { meQuery, useMe } from '@/shared/session/session';
import { Page } from '@/shared/ui/Page';
import { Section } from '@/shared/ui/Section';
import { changeMe, changePassword, sessionsQuery } from './account.api';
import { accountText } from './account.text';
import { Devices } from './components/Devices';
import { Push } from './components/Push';
import { SecondStep } from './components/SecondStep';

export function AccountPage() {
  const t = useText(accountText);
  return (
    <Page title={t.title} width="narrow">
      <You />
      <Push />
      <Password />
      <SecondStep />
      <Devices />
    </Page>
  );
}

function You() {
  const t = useText(accountText);
  const common = useText(commonText);
  const { lang, setLang } = useLang();
  const user = useMe()?.user;
  const form = useForm({ initialValues: { name: user?.name ?? '' } });
  const save = useChange({ run: changeMe, done: common.saved, renew: [meQuery.queryKey] });
  const speak = (next: string) => {
    setLang(next as Lang);
    save.mutate({ locale: next });
  };
  return (
    <Section title={t.you} hint={user?.email}>
      <form
        onSubmit={form.onSubmit((values) => {
          save.mutate(values);
        })}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="sm">
            <TextInput label={t.name} flex="1 1 200px" {...form.getInputProps('name')} />
            <Button type="submit" variant="default" disabled={!form.isDirty()}>
              {common.save}
            </Button>
          </Group>
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t.language}
            </Text>
            <SegmentedControl
              value={lang}
              onChange={speak}
              data={[
                { value: 'en', label: 'English' },
                { value: 'sw', label: 'Kiswahili' },
              ]}
            />
          </div>
        </Stack>
      </form>
    </Section>
  );
}

function Password() {
  const t = useText(accountText);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', new: '' },
    validate: { new: (value) => (value.length >= 10 ? null : t.tooShort) },
  });
  const change = useChange({
    run: changePassword,
    done: t.changed,
    renew: [sessionsQuery.queryKey],
    onDone: () => {
      form.reset();
    },
  });
  return (
    <Section title={t.password}>
      <form
        onSubmit={form.onSubmit((values) => {
          change.mutate(values, {
            onError: (error) => {
              form.setErrors(fieldErrors(error));
            },
          });
        })}
      >
        <Stack gap="sm" maw={420}>
          <PasswordInput
            label={t.current}
            autoComplete="current-password"
            required
            key={form.key('current')}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label={t.fresh}
            description={t.freshHint}
            autoComplete="new-password"
            required
            key={form.key('new')}
            {...form.getInputProps('new')}
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t.change}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
