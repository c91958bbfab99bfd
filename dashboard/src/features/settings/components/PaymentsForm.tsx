import { PasswordInput, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { testPayments, usePayments } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';
import { TestButton } from './TestButton';

export function PaymentsForm() {
  const t = useText(settingsText);
  const part = usePayments();
  return (
    <PartForm part={part}>
      {(form) => (
        <Section title={t.payments}>
          <Switch label={t.enabled} {...form.getInputProps('enabled', { type: 'checkbox' })} />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t.provider} readOnly {...form.getInputProps('provider')} />
            <TextInput label={t.shortcode} {...form.getInputProps('shortcode')} />
          </SimpleGrid>
          <PasswordInput
            label={t.secret}
            autoComplete="off"
            description={`${form.values.has_secret ? t.secretKept : t.secretNone} ${t.secretHint}`}
            {...form.getInputProps('secret')}
            value={form.values.secret ?? ''}
          />
          <TextInput label={t.manual} description={t.manualHint} {...form.getInputProps('manual_payment')} />
          <TagsInput label={t.methods} {...form.getInputProps('methods')} />
          <TestButton run={testPayments} />
        </Section>
      )}
    </PartForm>
  );
}
