import { Alert, Chip, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { time } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { freeQuery } from '../bookings.api';
import { bookingsText } from '../bookings.text';

interface SlotFieldProps {
  service: string;
  day: string;
  value?: string;
  onChange?: (slot: string) => void;
}

/** The free times of a day. A value is the moment, and who: `2026-11-22T07:00:00Z|Amina`. */
export function SlotField({ service, day, value, onChange }: SlotFieldProps) {
  const t = useText(bookingsText);
  const { clock } = useFormat();
  const free = useQuery(freeQuery(service, day));
  if (!service || !day) return null;
  return (
    <Loaded query={free} isEmpty={(data) => data.slots.length === 0} empty={<Alert color="yellow">{t.noFree}</Alert>}>
      {(data) => (
        <div role="group" aria-label={t.time}>
          <Text size="sm" fw={500} mb={6}>
            {t.time}
          </Text>
          <Chip.Group value={value} onChange={onChange}>
            <Group gap={6}>
              {data.slots.slice(0, 40).map((slot) => {
                const key = `${slot.start}|${slot.lane ?? ''}`;
                return (
                  <Chip key={key} value={key} size="sm">
                    {time(slot.start, clock)}
                    {slot.lane && ` ${slot.lane}`}
                  </Chip>
                );
              })}
            </Group>
          </Chip.Group>
        </div>
      )}
    </Loaded>
  );
}

/** What a value of the field says. */
export function slotOf(value: string): { start: string; lane?: string } {
  const [start = '', lane = ''] = value.split('|');
  return { start, ...(lane ? { lane } : {}) };
}
