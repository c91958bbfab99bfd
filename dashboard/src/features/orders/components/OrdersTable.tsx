import { Anchor, Box, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatPhone } from '@/shared/format/phone';
import { useRowLink } from '@/shared/hooks/useRowLink';
import { useText } from '@/shared/i18n/text';
import { Face } from '@/shared/ui/Face';
import { Money } from '@/shared/ui/Money';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import type { OrderRow } from '../orders.api';
import { ordersText } from '../orders.text';

const nameOf = (order: OrderRow) => order.customer.name ?? formatPhone(order.customer.phone);

/** Rows on a desk, cards on a phone. */
export function OrdersTable({ orders }: { orders: OrderRow[] }) {
  const t = useText(ordersText);
  const rowLink = useRowLink();
  return (
    <>
      <Stack gap="sm" hiddenFrom="sm">
        {orders.map((order) => (
          <OrderCard key={order.id} order={order} />
        ))}
      </Stack>
      <Card p={0} visibleFrom="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.number}</Table.Th>
              <Table.Th>{t.customer}</Table.Th>
              <Table.Th>{t.placed}</Table.Th>
              <Table.Th>{t.state}</Table.Th>
              <Table.Th visibleFrom="md">{t.payment}</Table.Th>
              <Table.Th ta="right">{t.total}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {orders.map((order) => (
              <Table.Tr key={order.id} {...rowLink(`/orders/${order.id}`)}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${order.id}`} fw={650} className="figures">
                    {order.number}
                  </Anchor>
                  <Text size="sm" c="dimmed">
                    {t.pieces(order.items_count)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <Face name={order.customer.name} size={32} />
                    <Anchor component={Link} to={`/customers/${order.customer.id}`} c="inherit" inherit>
                      {nameOf(order)}
                    </Anchor>
                  </Group>
                </Table.Td>
                <Table.Td c="dimmed">
                  <When at={order.placed_at} />
                </Table.Td>
                <Table.Td>
                  <StateBadge state={order.state} />
                </Table.Td>
                <Table.Td visibleFrom="md">
                  {order.payment_state && <StateBadge state={order.payment_state} />}
                </Table.Td>
                <Table.Td ta="right" fw={650}>
                  <Money value={order.total} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
    </>
  );
}

/** On a board every card of a column has the same state, and something stands in its corner. */
export function OrderCard({ order, onBoard = false }: { order: OrderRow; onBoard?: boolean }) {
  const t = useText(ordersText);
  return (
    <Card component={Link} to={`/orders/${order.id}`} p="md" className="plain lift">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Box miw={0}>
          <Text fw={650} className="clamp1">
            {nameOf(order)}
          </Text>
          <Text size="sm" c="dimmed" className="figures clamp1">
            {order.number} · {t.pieces(order.items_count)}
          </Text>
        </Box>
        <Text fw={700}>
          <Money value={order.total} />
        </Text>
      </Group>
      <Group justify="space-between" mt="xs" mih={24}>
        {!onBoard && <StateBadge state={order.state} />}
        <Text size="sm" c="dimmed">
          <When at={order.placed_at} />
        </Text>
      </Group>
    </Card>
  );
}
