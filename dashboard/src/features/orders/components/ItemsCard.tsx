import { Anchor, Divider, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Picture } from '@/shared/ui/Picture';
import { Section } from '@/shared/ui/Section';
import type { Order } from '../orders.api';
import { ordersText } from '../orders.text';

export function ItemsCard({ order }: { order: Order }) {
  const t = useText(ordersText);
  const sums: [string, number][] = [[t.subtotal, order.subtotal]];
  if (order.discount > 0) sums.push([order.coupon ? `${t.discount} (${order.coupon})` : t.discount, -order.discount]);
  sums.push([t.delivery, order.delivery_fee]);
  return (
    <Section title={t.items}>
      <Stack gap="md">
        {order.items.map((item, line) => (
          <Group key={line} wrap="nowrap" gap="md">
            <Picture src={item.image} alt="" size={56} />
            <div style={{ flex: 1, minWidth: 0 }}>
              {item.product_id ? (
                <Anchor component={Link} to={`/products/${item.product_id}`} c="inherit" fw={600}>
                  {item.name}
                </Anchor>
              ) : (
                <Text fw={600}>{item.name}</Text>
              )}
              <Text size="sm" c="dimmed">
                {[item.size, item.colour].filter(Boolean).join(' · ')}
                <Text span inherit visibleFrom="sm">
                  {' '}
                  · {item.sku}
                </Text>
              </Text>
            </div>
            <div style={{ textAlign: 'right' }}>
              <Text fw={600}>
                <Money value={item.unit_price * item.quantity} />
              </Text>
              <Text size="sm" c="dimmed" className="figures">
                {item.quantity} × <Money value={item.unit_price} />
              </Text>
            </div>
          </Group>
        ))}
        <Divider />
        <Stack gap={6}>
          {sums.map(([name, value]) => (
            <Group key={name} justify="space-between" c="dimmed">
              <Text>{name}</Text>
              <Money value={value} />
            </Group>
          ))}
          <Group justify="space-between" fw={700} fz="lg">
            <span>{t.toPay}</span>
            <Money value={order.total} />
          </Group>
        </Stack>
      </Stack>
    </Section>
  );
}
