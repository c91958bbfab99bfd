import { ActionIcon, Button, Group, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { dayNames } from '@/shared/i18n/days';
import { useText } from '@/shared/i18n/text';
import { useHours } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm, Section } from './PartForm';

export function HoursForm() {
  const t = useText(settingsText);
  const days: Record<string, string> = useText(dayNames);
  const part = useHours();
  return (
    <PartForm part={part}>
      {(form) => (
        <>
          <Section title={t.hours}>
            {form.values.week.map((day, n) => {
              const name = days[day.day] ?? day.day;
              const open = day.open != null;
              const set = (from: string | null, until: string | null) => { form.setFieldValue('week', form.values.week.map((one, at) => (at === n ? { ...one, open: from, close: until } : one))); };
              return (
                <Group key={day.day} gap="sm" mih={42}>
                  <Switch w={150} label={name} checked={open} onChange={(event) => { if (event.currentTarget.checked) set('09:00', '18:00'); else set(null, null); }} />
                  {open ? (
                    <Group gap={6} wrap="nowrap">
                      <TextInput type="time" w={120} aria-label={`${name}: ${t.opens}`} value={day.open ?? ''} onChange={(event) => { set(event.currentTarget.value, day.close ?? null); }} />
                      <span>–</span>
                      <TextInput type="time" w={120} aria-label={`${name}: ${t.closes}`} value={day.close ?? ''} onChange={(event) => { set(day.open ?? null, event.currentTarget.value); }} />
                    </Group>
                  ) : (
                    <Text c="dimmed">{t.closed}</Text>
                  )}
                </Group>
              );
            })}
          </Section>
          <Section title={t.holidays} hint={t.holidayHint}>
            {form.values.holidays.map((_holiday, n) => (
              <Group key={n} gap="sm" align="flex-end">
                <TextInput type="date" aria-label={t.holiday} {...form.getInputProps(`holidays.${n}.date`)} />
                <TextInput flex="1 1 140px" aria-label={t.holiday} placeholder={t.holiday} {...form.getInputProps(`holidays.${n}.name`)} />
                <TextInput type="time" w={115} aria-label={t.opens} {...form.getInputProps(`holidays.${n}.open`)} value={form.values.holidays[n]?.open ?? ''} />
                <TextInput type="time" w={115} aria-label={t.closes} {...form.getInputProps(`holidays.${n}.close`)} value={form.values.holidays[n]?.close ?? ''} />
                <ActionIcon size={36} variant="subtle" color="gray" aria-label={t.remove} onClick={() => { form.removeListItem('holidays', n); }}><IconTrash size={18} /></ActionIcon>
              </Group>
            ))}
            <Group><Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => { form.insertListItem('holidays', { date: '', name: '', open: null, close: null }); }}>{t.addHoliday}</Button></Group>
          </Section>
        </>
      )}
    </PartForm>
  );
}
