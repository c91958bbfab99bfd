import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { dateTime, dayOf } from '@/shared/format/dates';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { FormModal } from '@/shared/ui/FormModal';
import { bookingKeys, moveBooking, type Appointment } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { SlotField, slotOf } from './SlotField';

/** Another time for a booking, for fingers and keyboards; in the calendar it is dragged too. */
export function MoveBooking({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const t = useText(bookingsText);
  const { clock, zone } = useFormat();
  const form = useForm({
    initialValues: { day: dayOf(new Date(appointment.start), zone), slot: '' },
    validate: { slot: (value) => (value ? null : t.time) },
  });
  const move = useChange({ run: moveBooking, done: t.moved, renew: [bookingKeys.all], onDone: onClose });
  return (
    <FormModal
      title={t.moveTo}
      onClose={onClose}
      form={form}
      change={move}
      input={({ slot }) => ({ one: appointment, ...slotOf(slot) })}
      submit={t.move}
      disabled={!form.values.slot}
    >
      <Text size="sm" c="dimmed">
        {appointment.service.name}, {dateTime(appointment.start, clock)}
      </Text>
      <TextInput type="date" label={t.day} {...form.getInputProps('day')} />
      <SlotField service={appointment.service.id} day={form.values.day} {...form.getInputProps('slot')} />
    </FormModal>
  );
}
