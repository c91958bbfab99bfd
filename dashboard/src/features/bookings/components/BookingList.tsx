import { Button, Card, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDays, dayOf, longDay, shortDay, time } from '@/shared/format/dates';
import { personName } from '@/shared/format/phone';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { StateBadge } from '@/shared/ui/StateBadge';
import { appointmentsQuery, type Appointment } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { BookingCard } from './BookingCard';

/** The bookings of two weeks, day by day. */
export function BookingList() {
  const t = useText(bookingsText);
  const { clock, zone, lang } = useFormat();
  const [from, setFrom] = useState(() => dayOf(new Date(), zone));
  const [chosen, setChosen] = useState<Appointment>();
  const to = addDays(from, 13);
  const query = useQuery(appointmentsQuery(from, to));
  return (
    <Stack gap="md" maw={760}>
      <Group justify="space-between" wrap="nowrap">
        <Button
          variant="default"
          px="xs"
          aria-label={t.previous}
          onClick={() => {
            setFrom(addDays(from, -14));
          }}
        >
          <IconChevronLeft size={20} />
        </Button>
        <Text fw={600}>
          {shortDay(from, lang)} – {shortDay(to, lang)}
        </Text>
        <Button
          variant="default"
          px="xs"
          aria-label={t.next}
          onClick={() => {
            setFrom(addDays(from, 14));
          }}
        >
          <IconChevronRight size={20} />
        </Button>
      </Group>
      <Loaded
        query={query}
        isEmpty={(data) => data.length === 0}
        empty={<Nothing icon={IconCalendar} title={t.none} hint={t.noneHint} />}
      >
        {(data) =>
          days(data, zone).map(([day, bookings]) => (
            <Card key={day} p="md">
              <Title order={2} fz="md" mb="xs">
                {longDay(bookings[0]?.start ?? '', clock)}
              </Title>
              <Stack gap={4}>
                {bookings.map((one) => (
                  <UnstyledButton
                    key={one.id}
                    py={8}
                    onClick={() => {
                      setChosen(one);
                    }}
                  >
                    <Group wrap="nowrap" gap="md">
                      <Text fw={700} className="figures" w={48}>
                        {time(one.start, clock)}
                      </Text>
                      <div style={{ flex: 1, minWidth: 0 }}>
                        <Text fw={600} className="clamp1">
                          {personName(one.customer)}
                        </Text>
                        <Text size="sm" c="dimmed" className="clamp1">
                          {[one.service.name, one.lane].filter(Boolean).join(' · ')}
                        </Text>
                      </div>
                      <StateBadge state={one.status} />
                    </Group>
                  </UnstyledButton>
                ))}
              </Stack>
            </Card>
          ))
        }
      </Loaded>
      <BookingCard
        appointment={chosen}
        onClose={() => {
          setChosen(undefined);
        }}
      />
    </Stack>
  );
}

function days(bookings: Appointment[], zone: string): [string, Appointment[]][] {
  const sorted = [...bookings].sort((a, b) => a.start.localeCompare(b.start));
  return Object.entries(Object.groupBy(sorted, (one) => dayOf(new Date(one.start), zone))).map(([day, list]) => [
    day,
    list ?? [],
  ]);
}
