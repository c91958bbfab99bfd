import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { personName } from '@/shared/format/phone';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Rows } from '@/shared/ui/Rows';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import type { Payment } from '../money.api';
import { moneyText } from '../money.text';

const payer = ({ customer }: Payment) => (customer ? personName(customer) : '');

export function PaymentsTable({ payments }: { payments: Payment[] }) {
  const t = useText(moneyText);
  const reasons: Record<string, unknown> = t;
  const why = ({ failure }: Payment) => {
    const known = failure ? reasons[failure] : undefined;
    return typeof known === 'string' ? known : failure?.replaceAll('_', ' ');
  };
  const order = (payment: Payment) =>
    payment.order && (
      <Anchor component={Link} to={`/orders/${payment.order.id}`} className="figures" fw={600}>
        {payment.order.number}
      </Anchor>
    );
  return (
    <Rows
      items={payments}
      card={(payment) => (
        <>
          <Group justify="space-between">
            <Money value={payment.amount} fw={700} />
            <StateBadge state={payment.state} />
          </Group>
          <Group justify="space-between" mt={4} gap="xs">
            <Text size="sm" c="dimmed">
              {[payer(payment), why(payment)].filter(Boolean).join(' · ')}
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
        </>
      )}
      columns={[
        {
          head: t.when,
          cell: (payment) => (
            <Text c="dimmed" inherit>
              <When at={payment.requested_at} full />
            </Text>
          ),
        },
        {
          head: t.payment,
          cell: (payment) => (
            <>
              <Text fw={500}>{payer(payment)}</Text>
              <Text size="sm" c="dimmed">
                {payment.provider}
              </Text>
            </>
          ),
        },
        { head: t.order, cell: order },
        {
          head: t.state,
          cell: (payment) => (
            <>
              <StateBadge state={payment.state} />
              {why(payment) && (
                <Text size="sm" c="dimmed">
                  {why(payment)}
                </Text>
              )}
            </>
          ),
        },
        { head: t.receipt, from: 'md', cell: (payment) => <span className="figures">{payment.receipt}</span> },
        { head: t.amount, number: true, cell: (payment) => <Money value={payment.amount} fw={650} /> },
      ]}
    />
  );
}
