import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useHandover } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';

export function HandoverForm() {
  const t = useText(settingsText);
  const part = useHandover();
  return (
    <PartForm part={part}>
      {(form) => (
        <Section title={t.handover}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <NumberInput label={t.remind} min={1} {...form.getInputProps('remind_minutes')} />
            <NumberInput label={t.quiet} min={1} {...form.getInputProps('quiet_minutes')} />
            <NumberInput
              label={t.returns}
              min={1}
              placeholder={t.returnsNever}
              {...form.getInputProps('return_minutes')}
              value={form.values.return_minutes ?? ''}
              onChange={(value) => {
                form.setFieldValue('return_minutes', value === '' ? null : Number(value));
              }}
            />
            <TextInput
              type="tel"
              label={t.backup}
              placeholder={t.backupHint}
              {...form.getInputProps('backup_phone')}
              value={form.values.backup_phone ?? ''}
            />
          </SimpleGrid>
        </Section>
      )}
    </PartForm>
  );
}
