import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { dayOf } from '@/shared/format/dates';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { FormModal } from '@/shared/ui/FormModal';
import { book, bookingKeys, servicesQuery } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { SlotField, slotOf } from './SlotField';

/** A booking that the team enters: only what is free is offered. */
export function NewBooking({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(bookingsText);
  const { zone } = useFormat();
  const services = useQuery({ ...servicesQuery, enabled: opened }).data?.items ?? [];
  const form = useForm({
    initialValues: { service: '', day: dayOf(new Date(), zone), slot: '', name: '', phone: '', notes: '' },
    validate: {
      service: (value) => (value ? null : t.service),
      slot: (value) => (value ? null : t.time),
      name: (value) => (value.trim() ? null : t.needName),
      phone: (value) => (/\d{9}/.test(value.replace(/\s/g, '')) ? null : t.needPhone),
    },
  });
  const { service, day } = form.values;
  const add = useChange({
    run: book,
    done: t.booked,
    renew: [bookingKeys.all],
    onDone: () => {
      form.reset();
      onClose();
    },
  });
  return (
    <FormModal
      title={t.newBooking}
      opened={opened}
      onClose={onClose}
      form={form}
      change={add}
      input={({ slot, name, phone, notes }) => ({
        service,
        ...slotOf(slot),
        name: name.trim(),
        phone: phone.replace(/\s/g, ''),
        notes,
      })}
      submit={t.book}
    >
      <Select
        label={t.service}
        data={services.map((one) => ({ value: one.id, label: one.name }))}
        {...form.getInputProps('service')}
      />
      <TextInput type="date" label={t.day} {...form.getInputProps('day')} />
      <SlotField service={service} day={day} {...form.getInputProps('slot')} />
      <TextInput label={t.customer} autoComplete="off" {...form.getInputProps('name')} />
      <TextInput
        type="tel"
        label={t.phone}
        placeholder="0712 345 678"
        autoComplete="off"
        {...form.getInputProps('phone')}
      />
      <Textarea label={t.notes} autosize {...form.getInputProps('notes')} />
    </FormModal>
  );
}
