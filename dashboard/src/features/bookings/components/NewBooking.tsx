import { Alert, Button, Chip, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { dayOf, time } from '@/shared/format/dates';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { book, bookingKeys, freeQuery, servicesQuery } from '../bookings.api';
import { bookingsText } from '../bookings.text';

/** A booking that the team enters: only what is free is offered. */
export function NewBooking({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(bookingsText);
  const common = useText(commonText);
  const { zone, clock } = useFormat();
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
  const free = useQuery(freeQuery(service, day));
  const add = useChange({
    run: book,
    done: t.booked,
    renew: [bookingKeys.all],
    onDone: () => {
      form.reset();
      onClose();
    },
  });
  const save = form.onSubmit(({ slot, name, phone, notes }) => {
    const [start = '', lane = ''] = slot.split('|');
    add.mutate({
      service,
      start,
      name: name.trim(),
      phone: phone.replace(/\s/g, ''),
      notes,
      ...(lane ? { lane } : {}),
    });
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t.newBooking} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={save}>
        <Stack gap="sm">
          <Select
            label={t.service}
            data={services.map((one) => ({ value: one.id, label: one.name }))}
            {...form.getInputProps('service')}
          />
          <TextInput type="date" label={t.day} {...form.getInputProps('day')} />
          {service && (
            <Loaded
              query={free}
              isEmpty={(data) => data.slots.length === 0}
              empty={<Alert color="yellow">{t.noFree}</Alert>}
            >
              {(data) => (
                <div>
                  <Text size="sm" fw={500} mb={6}>
                    {t.time}
                  </Text>
                  <Chip.Group {...form.getInputProps('slot')}>
                    <Group gap={6}>
                      {data.slots.slice(0, 40).map((slot) => (
                        <Chip
                          key={`${slot.start}|${slot.lane ?? ''}`}
                          value={`${slot.start}|${slot.lane ?? ''}`}
                          size="sm"
                        >
                          {time(slot.start, clock)}
                          {slot.lane && ` ${slot.lane}`}
                        </Chip>
                      ))}
                    </Group>
                  </Chip.Group>
                </div>
              )}
            </Loaded>
          )}
          <TextInput label={t.customer} autoComplete="off" {...form.getInputProps('name')} />
          <TextInput
            type="tel"
            label={t.phone}
            placeholder="0712 345 678"
            autoComplete="off"
            {...form.getInputProps('phone')}
          />
          <Textarea label={t.notes} autosize {...form.getInputProps('notes')} />
          <Button type="submit" loading={add.isPending}>
            {t.book}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
