import { Group, Stack, Text } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import type { Order } from '../orders.api';
import { ordersText } from '../orders.text';

export function PaymentsCard({ payments }: { payments: Order['payments'] }) {
  const t = useText(ordersText);
  return (
    <Section title={t.payments}>
      {payments.length === 0 && <Text c="dimmed">{t.noPayments}</Text>}
      <Stack gap="sm">
        {payments.map((payment) => (
          <Group key={payment.id} justify="space-between">
            <div>
              <Group gap="xs">
                <Text fw={600}>
                  <Money value={payment.amount} />
                </Text>
                <StateBadge state={payment.state} />
              </Group>
              <Text size="sm" c="dimmed">
                {[
                  payment.provider,
                  payment.receipt && `${t.receipt} ${payment.receipt}`,
                  payment.failure?.replaceAll('_', ' '),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </div>
            <Text size="sm" c="dimmed">
              <When at={payment.settled_at ?? payment.requested_at} full />
            </Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
