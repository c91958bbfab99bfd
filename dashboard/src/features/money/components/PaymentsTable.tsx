import { Anchor, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatPhone } from '@/shared/format/phone';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import type { Payment } from '../money.api';
import { moneyText } from '../money.text';

const payer = ({ customer }: Payment) => (customer ? (customer.name ?? formatPhone(customer.phone)) : '');

export function PaymentsTable({ payments }: { payments: Payment[] }) {
  const t = useText(moneyText);
  const reasons: Record<string, unknown> = t;
  const why = ({ failure }: Payment) =>
    failure ? (typeof reasons[failure] === 'string' ? reasons[failure] : failure.replaceAll('_', ' ')) : undefined;
  const order = (payment: Payment) =>
    payment.order && (
      <Anchor component={Link} to={`/orders/${payment.order.id}`} className="figures" fw={600}>
        {payment.order.number}
      </Anchor>
    );
  return (
    <>
      <Stack gap="xs" hiddenFrom="sm">
        {payments.map((payment) => (
          <Card key={payment.id} p="sm">
            <Group justify="space-between">
              <Text fw={700}>
                <Money value={payment.amount} />
              </Text>
              <StateBadge state={payment.state} />
            </Group>
            <Group justify="space-between" mt={4} gap="xs">
              <Text size="sm" c="dimmed">
                {payer(payment)} {why(payment) && `· ${String(why(payment))}`}
              </Text>
              <Text size="sm" c="dimmed">
                <When at={payment.requested_at} />
              </Text>
            </Group>
            <Group justify="space-between" mt={4}>
              {order(payment)}
              <Text size="sm" className="figures">
                {payment.receipt}
              </Text>
            </Group>
          </Card>
        ))}
      </Stack>
      <Card p={0} visibleFrom="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.when}</Table.Th>
              <Table.Th>{t.payment}</Table.Th>
              <Table.Th>{t.order}</Table.Th>
              <Table.Th>{t.state}</Table.Th>
              <Table.Th visibleFrom="md">{t.receipt}</Table.Th>
              <Table.Th ta="right">{t.amount}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {payments.map((payment) => (
              <Table.Tr key={payment.id}>
                <Table.Td c="dimmed">
                  <When at={payment.requested_at} full />
                </Table.Td>
                <Table.Td>
                  <Text fw={500}>{payer(payment)}</Text>
                  <Text size="sm" c="dimmed">
                    {payment.provider}
                  </Text>
                </Table.Td>
                <Table.Td>{order(payment)}</Table.Td>
                <Table.Td>
                  <StateBadge state={payment.state} />
                  {why(payment) && (
                    <Text size="sm" c="dimmed">
                      {String(why(payment))}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td visibleFrom="md" className="figures">
                  {payment.receipt}
                </Table.Td>
                <Table.Td ta="right" fw={650}>
                  <Money value={payment.amount} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
    </>
  );
}
