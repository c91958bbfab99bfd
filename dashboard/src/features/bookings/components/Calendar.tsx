import '@mantine/dates/styles.css';
import '@mantine/schedule/styles.css';
import 'dayjs/locale/sw';
import { Card } from '@mantine/core';
import { Schedule, type ScheduleEventData, type ScheduleViewLevel } from '@mantine/schedule';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDays, dayOf, momentOf, wallTime } from '@/shared/format/dates';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { useCan, useFormat } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { appointmentsQuery, bookingKeys, moveBooking, type Appointment } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { BookingCard } from './BookingCard';

const COLOURS: Record<string, string> = { booked: 'duka', completed: 'gray', no_show: 'orange' };

/** The bookings of a month around the day that is shown, in the time of the shop; moved by dragging. */
export function Calendar() {
  const t = useText(bookingsText);
  const { lang, zone } = useFormat();
  const may = useCan()('appointments:edit');
  const [day, setDay] = useState(() => dayOf(new Date(), zone));
  const [view, setView] = useState<ScheduleViewLevel>('week');
  const [chosen, setChosen] = useState<Appointment>();
  const query = useQuery(appointmentsQuery(addDays(`${day.slice(0, 7)}-01`, -7), addDays(`${day.slice(0, 7)}-01`, 40)));
  const move = useChange({ run: moveBooking, done: t.moved, renew: [bookingKeys.all] });
  return (
    <Loaded query={query}>
      {(appointments) => (
        <Card p="sm">
          <Schedule
            layout="responsive"
            date={day}
            onDateChange={(next) => {
              setDay(next.slice(0, 10));
            }}
            view={view}
            onViewChange={setView}
            locale={lang}
            events={appointments.filter((one) => one.status !== 'cancelled').map((one) => eventOf(one, zone))}
            withEventsDragAndDrop={may}
            canDragEvent={(event) => event.payload?.status === 'booked'}
            onEventDrop={({ eventId, newStart }) => {
              const one = appointments.find(({ id }) => id === eventId);
              if (one) move.mutate({ one, start: momentOf(newStart, zone) });
            }}
            onEventClick={(event) => {
              setChosen(appointments.find((one) => one.id === event.id));
            }}
            labels={{
              today: t.today,
              next: t.next,
              previous: t.previous,
              day: t.dayView,
              week: t.week,
              month: t.month,
              noEvents: t.noEvents,
              moreLabel: t.more,
            }}
            dayViewProps={{ startTime: '07:00:00', endTime: '21:00:00' }}
            weekViewProps={{ startTime: '07:00:00', endTime: '21:00:00', withAllDaySlots: false }}
          />
          <BookingCard
            appointment={chosen}
            onClose={() => {
              setChosen(undefined);
            }}
          />
        </Card>
      )}
    </Loaded>
  );
}

// The calendar refuses what ends before it begins; one bad row must not hide all others.
const SHORTEST = 15 * 60_000;

function eventOf(one: Appointment, zone: string): ScheduleEventData {
  return {
    id: one.id,
    title: `${one.customer.name ?? one.customer.phone}: ${one.service.name}`,
    start: wallTime(one.start, zone),
    end: wallTime(new Date(Math.max(Date.parse(one.end), Date.parse(one.start) + SHORTEST)).toISOString(), zone),
    color: COLOURS[one.status] ?? 'gray',
    payload: { status: one.status },
  };
}
