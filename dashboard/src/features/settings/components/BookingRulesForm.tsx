import { NumberInput, SimpleGrid, TagsInput } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useBookingRules } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';

export function BookingRulesForm() {
  const t = useText(settingsText);
  const part = useBookingRules();
  return (
    <PartForm part={part}>
      {(form) => (
        <Section title={t.bookings}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <NumberInput label={t.lead} min={0} {...form.getInputProps('lead_minutes')} />
            <NumberInput label={t.horizon} min={1} {...form.getInputProps('horizon_days')} />
            <NumberInput label={t.cancelHours} min={0} {...form.getInputProps('cancel_hours')} />
            <NumberInput label={t.remindHours} min={0} {...form.getInputProps('remind_hours')} />
            <NumberInput label={t.deposit} min={0} max={100} suffix=" %" {...form.getInputProps('deposit_percent')} />
          </SimpleGrid>
          <TagsInput label={t.lanes} description={t.lanesHint} {...form.getInputProps('lanes')} />
        </Section>
      )}
    </PartForm>
  );
}
