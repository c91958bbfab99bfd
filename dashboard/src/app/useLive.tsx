import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { listen, type LiveEvent } from '@/shared/api/live';
import { useText } from '@/shared/i18n/text';
import { useMe } from '@/shared/session/session';
import { shellText } from './shell.text';

/** What is read again when something of a kind happened. */
const TOUCHES: Record<string, string[]> = {
  order: ['orders', 'overview', 'customers', 'conversations', 'simulator', 'analytics'],
  payment: ['payments', 'orders', 'overview', 'conversations', 'simulator', 'analytics'],
  message: ['conversations', 'overview', 'simulator'],
  stock: ['products', 'overview'],
  handover: ['conversations', 'overview'],
  appointment: ['appointments', 'overview'],
  'delivery-tick': ['conversations'],
};

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Keeps the open page in step with the shop; false while the connection is lost. */
export function useLive(): boolean {
  const client = useQueryClient();
  const t = useText(shellText);
  const navigate = useNavigate();
  const shop = useMe()?.shop.id;
  const [lost, setLost] = useState(false);

  // Toasts stand outside of the router, so the way is taken by hand.
  const toast = useEffectEvent(({ kind, data }: LiveEvent) => {
    const what = text(data.what) ?? text(data.action) ?? '';
    const fresh = kind === 'order' && (what === 'placed' || what === 'created');
    const told = fresh
      ? { title: t.newOrder, to: `/orders/${text(data.id) ?? ''}` }
      : kind === 'handover' && what !== 'released' && what !== 'taken'
        ? { title: t.handover, to: `/inbox/${text(data.conversation_id) ?? text(data.id) ?? ''}` }
        : kind === 'appointment' && what === 'booked'
          ? { title: t.newBooking, to: '/bookings' }
          : undefined;
    if (!told) return;
    const label = text(data.title) ?? text(data.number) ?? t.open;
    const go = () => void navigate({ to: told.to });
    const message = (
      <Anchor component="button" size="sm" onClick={go}>
        {label}
      </Anchor>
    );
    const id = `${kind}-${text(data.id) ?? ''}`;
    notifications.show({ id, title: told.title, message, color: 'duka', autoClose: 8_000 });
  });

  useEffect(() => {
    if (!shop) return undefined;
    let telling: ReturnType<typeof setTimeout> | undefined;
    const stop = listen(
      (event) => {
        if (event.kind === 'reset') void client.invalidateQueries();
        for (const key of TOUCHES[event.kind] ?? []) void client.invalidateQueries({ queryKey: [key] });
        toast(event);
      },
      (open) => {
        clearTimeout(telling);
        if (open) {
          setLost(false);
        } else {
          telling = setTimeout(() => {
            setLost(true);
          }, 4_000);
        }
      },
    );
    return () => {
      clearTimeout(telling);
      stop();
    };
  }, [client, shop]);
  return !lost;
}
