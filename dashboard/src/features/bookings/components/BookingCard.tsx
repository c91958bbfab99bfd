import { Button, DataList, Group, Modal, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dateTime, time } from '@/shared/format/dates';
import { formatPhone, personName } from '@/shared/format/phone';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Can, useFormat } from '@/shared/session/session';
import { confirm } from '@/shared/ui/confirm';
import { Money } from '@/shared/ui/Money';
import { StateBadge } from '@/shared/ui/StateBadge';
import { bookingKeys, cancelBooking, type Appointment } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { MoveBooking } from './MoveBooking';

/** One booking, and what can be done with it. */
export function BookingCard({ appointment, onClose }: { appointment: Appointment | undefined; onClose: () => void }) {
  const t = useText(bookingsText);
  const { clock } = useFormat();
  const cancel = useChange({ run: cancelBooking, done: t.cancelled, renew: [bookingKeys.all], onDone: onClose });
  const [moving, setMoving] = useState(false);
  if (!appointment) return null;
  const done = () => {
    setMoving(false);
    onClose();
  };
  if (moving) return <MoveBooking appointment={appointment} onClose={done} />;
  const { customer, service } = appointment;
  const ask = () => {
    confirm({
      title: t.cancelTitle,
      text: t.cancelText,
      yes: t.cancelBooking,
      no: t.keep,
      onYes: () => {
        cancel.mutate(appointment.id);
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={service.name}>
      <Stack>
        <DataList labelWidth="90px">
          <DataList.Item>
            <DataList.ItemLabel>{t.customer}</DataList.ItemLabel>
            <DataList.ItemValue>
              <Link to="/customers/$id" params={{ id: customer.id }}>
                {personName(customer)}
              </Link>
            </DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>{t.phone}</DataList.ItemLabel>
            <DataList.ItemValue>{formatPhone(customer.phone)}</DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>{t.time}</DataList.ItemLabel>
            <DataList.ItemValue>
              {dateTime(appointment.start, clock)} – {time(appointment.end, clock)}
            </DataList.ItemValue>
          </DataList.Item>
          {appointment.lane && (
            <DataList.Item>
              <DataList.ItemLabel>{t.who}</DataList.ItemLabel>
              <DataList.ItemValue>{appointment.lane}</DataList.ItemValue>
            </DataList.Item>
          )}
          <DataList.Item>
            <DataList.ItemLabel>{t.price}</DataList.ItemLabel>
            <DataList.ItemValue>
              <Money value={appointment.price} /> · {appointment.paid ? t.paid : t.unpaid}
            </DataList.ItemValue>
          </DataList.Item>
          {appointment.notes && (
            <DataList.Item>
              <DataList.ItemLabel>{t.notes}</DataList.ItemLabel>
              <DataList.ItemValue>{appointment.notes}</DataList.ItemValue>
            </DataList.Item>
          )}
        </DataList>
        <Group justify="space-between">
          <StateBadge state={appointment.status} />
          {appointment.status === 'booked' && (
            <Can right="appointments:edit">
              <Group gap="xs">
                <Button color="red" variant="light" loading={cancel.isPending} onClick={ask}>
                  {t.cancelBooking}
                </Button>
                <Button
                  onClick={() => {
                    setMoving(true);
                  }}
                >
                  {t.move}
                </Button>
              </Group>
            </Can>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
