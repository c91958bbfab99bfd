import '@mantine/dates/styles.css';
import { ActionIcon, Button, Group, Switch, Text, TextInput } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { dayNames } from '@/shared/i18n/days';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useHours } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';

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
              const set = (from: string | null, until: string | null) => {
                form.setFieldValue(
                  'week',
                  form.values.week.map((one, at) => (at === n ? { ...one, open: from, close: until } : one)),
                );
              };
              return (
                <Group key={day.day} gap="sm" mih={42}>
                  <Switch
                    w={150}
                    label={name}
                    checked={open}
                    onChange={(event) => {
                      if (event.currentTarget.checked) set('09:00', '18:00');
                      else set(null, null);
                    }}
                  />
                  {open ? (
                    <Group gap={6} wrap="nowrap">
                      <TimePicker
                        w={96}
                        hoursInputLabel={`${name}: ${t.opens}`}
                        minutesInputLabel={`${name}: ${t.opens}`}
                        value={day.open ?? ''}
                        onChange={(at) => {
                          set(at, day.close ?? null);
                        }}
                      />
                      <span>–</span>
                      <TimePicker
                        w={96}
                        hoursInputLabel={`${name}: ${t.closes}`}
                        minutesInputLabel={`${name}: ${t.closes}`}
                        value={day.close ?? ''}
                        onChange={(at) => {
                          set(day.open ?? null, at);
                        }}
                      />
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
                <TextInput
                  flex="1 1 140px"
                  aria-label={t.holiday}
                  placeholder={t.holiday}
                  {...form.getInputProps(`holidays.${n}.name`)}
                />
                <TimePicker
                  w={96}
                  clearable={false}
                  hoursInputLabel={t.opens}
                  minutesInputLabel={t.opens}
                  value={form.values.holidays[n]?.open ?? ''}
                  onChange={(at) => {
                    form.setFieldValue(`holidays.${n}.open`, at || null);
                  }}
                />
                <TimePicker
                  w={96}
                  clearable={false}
                  hoursInputLabel={t.closes}
                  minutesInputLabel={t.closes}
                  value={form.values.holidays[n]?.close ?? ''}
                  onChange={(at) => {
                    form.setFieldValue(`holidays.${n}.close`, at || null);
                  }}
                />
                <ActionIcon
                  size={36}
                  variant="subtle"
                  color="gray"
                  aria-label={t.remove}
                  onClick={() => {
                    form.removeListItem('holidays', n);
                  }}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
            ))}
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={18} />}
                onClick={() => {
                  form.insertListItem('holidays', { date: '', name: '', open: null, close: null });
                }}
              >
                {t.addHoliday}
              </Button>
            </Group>
          </Section>
        </>
      )}
    </PartForm>
  );
}
