import { ActionIcon, Button, Menu, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowRight, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { StateBadge } from '@/shared/ui/StateBadge';
import { stateText } from '@/shared/ui/states.text';
import { moveOrder, orderKeys, type OrderState } from '../orders.api';
import { ordersText } from '../orders.text';

interface MoveMenuProps {
  order: { id: string; version: number; state: OrderState; next_states?: OrderState[] };
  compact?: boolean;
}

// Where staff may send an order; the server refuses every other way.
const STAFF: Partial<Record<OrderState, OrderState[]>> = {
  paid: ['processing', 'shipped'],
  processing: ['shipped'],
  shipped: ['delivered'],
  refund_due: ['refunded'],
};

/** Sends an order on to one of the states it may go to. */
export function MoveMenu({ order, compact = false }: MoveMenuProps) {
  const t = useText(ordersText);
  const names: Record<string, string> = useText(stateText);
  const [target, setTarget] = useState<OrderState>();
  const [reason, setReason] = useState('');
  const move = useChange({
    run: moveOrder,
    done: (_out, { state }) => t.moved(names[state] ?? state),
    renew: [orderKeys.all, ['overview']],
    onDone: () => {
      setTarget(undefined);
    },
  });
  const next = order.next_states ?? STAFF[order.state] ?? [];
  if (next.length === 0) return null;
  return (
    <Can right="orders:edit">
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          {compact ? (
            <ActionIcon variant="default" aria-label={t.moveTo}>
              <IconArrowRight size={18} />
            </ActionIcon>
          ) : (
            <Button rightSection={<IconChevronDown size={18} />}>{t.moveTo}</Button>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          {next.map((state) => (
            <Menu.Item
              key={state}
              onClick={() => {
                setTarget(state);
              }}
            >
              <StateBadge state={state} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={target !== undefined}
        onClose={() => {
          setTarget(undefined);
        }}
        title={t.sure}
      >
        <Stack>
          {target && (
            <Text>
              <StateBadge state={order.state} /> → <StateBadge state={target} />
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t.tell}
          </Text>
          <Textarea
            label={t.reason}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Button
            loading={move.isPending}
            onClick={() => {
              if (target) move.mutate({ order, state: target, reason: reason.trim() });
            }}
          >
            {target ? `${t.moveTo}: ${names[target] ?? target}` : ''}
          </Button>
        </Stack>
      </Modal>
    </Can>
  );
}
