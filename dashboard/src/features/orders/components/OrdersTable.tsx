import { Anchor, Box, Card, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { personName } from '@/shared/format/phone';
import { useText } from '@/shared/i18n/text';
import { Face } from '@/shared/ui/Face';
import { Money } from '@/shared/ui/Money';
import { Rows } from '@/shared/ui/Rows';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import type { OrderRow } from '../orders.api';
import { ordersText } from '../orders.text';

const nameOf = (order: OrderRow) => personName(order.customer);
const pathOf = (order: OrderRow) => `/orders/${order.id}`;

export function OrdersTable({ orders }: { orders: OrderRow[] }) {
  const t = useText(ordersText);
  return (
    <Rows
      items={orders}
      to={pathOf}
      card={(order) => <OrderLines order={order} />}
      columns={[
        {
          head: t.number,
          cell: (order) => (
            <>
              <Anchor component={Link} to={pathOf(order)} fw={650} className="figures">
                {order.number}
              </Anchor>
              <Text size="sm" c="dimmed">
                {t.pieces(order.items_count)}
              </Text>
            </>
          ),
        },
        {
          head: t.customer,
          cell: (order) => (
            <Group gap="sm" wrap="nowrap">
              <Face name={order.customer.name} size={32} />
              <Anchor component={Link} to={`/customers/${order.customer.id}`} c="inherit" inherit>
                {nameOf(order)}
              </Anchor>
            </Group>
          ),
        },
        {
          head: t.placed,
          cell: (order) => (
            <Text c="dimmed" inherit>
              <When at={order.placed_at} />
            </Text>
          ),
        },
        { head: t.state, cell: (order) => <StateBadge state={order.state} /> },
        {
          head: t.payment,
          from: 'md',
          cell: (order) => order.payment_state && <StateBadge state={order.payment_state} />,
        },
        { head: t.total, number: true, cell: (order) => <Money value={order.total} fw={650} /> },
      ]}
    />
  );
}

/** On a board, where all cards of a column have the same state and something stands in the corner. */
export function OrderCard({ order }: { order: OrderRow }) {
  return (
    <Card component={Link} to={pathOf(order)} p="md" className="plain lift">
      <OrderLines order={order} onBoard />
    </Card>
  );
}

function OrderLines({ order, onBoard = false }: { order: OrderRow; onBoard?: boolean }) {
  const t = useText(ordersText);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Box miw={0}>
          <Text fw={650} className="clamp1">
            {nameOf(order)}
          </Text>
          <Text size="sm" c="dimmed" className="figures" style={{ whiteSpace: 'nowrap' }}>
            {order.number} · {t.pieces(order.items_count)}
          </Text>
        </Box>
        <Money value={order.total} fw={700} />
      </Group>
      <Group justify="space-between" mt="xs" mih={24}>
        {!onBoard && <StateBadge state={order.state} />}
        <Text size="sm" c="dimmed">
          <When at={order.placed_at} />
        </Text>
      </Group>
    </>
  );
}
