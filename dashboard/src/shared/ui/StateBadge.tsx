import { Badge } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { stateText } from './states.text';

const COLOURS: Record<string, string> = {
  pending_payment: 'yellow',
  deposit_paid: 'cyan',
  paid: 'duka',
  processing: 'blue',
  shipped: 'indigo',
  delivered: 'duka',
  payment_failed: 'red',
  expired: 'gray',
  cancelled: 'gray',
  refund_due: 'orange',
  refunded: 'gray',
  requested: 'yellow',
  pending: 'yellow',
  succeeded: 'duka',
  failed: 'red',
  timed_out: 'orange',
  booked: 'blue',
  completed: 'duka',
  no_show: 'orange',
  in: 'duka',
  low: 'orange',
  out: 'red',
  active: 'duka',
  paused: 'orange',
  closed: 'gray',
  ready: 'duka',
  reading: 'blue',
  refused: 'red',
  connected: 'duka',
  sandbox: 'blue',
  off: 'gray',
};

/** Where something stands, in the same colour and word everywhere. */
export function StateBadge({ state, size = 'md' }: { state: string; size?: string }) {
  const names: Record<string, string> = useText(stateText);
  return (
    <Badge variant="light" color={COLOURS[state] ?? 'gray'} size={size} radius="sm">
      {names[state] ?? state.replaceAll('_', ' ')}
    </Badge>
  );
}
