import { Card, Text, Timeline, Title } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { stateText } from '@/shared/ui/states.text';
import { When } from '@/shared/ui/When';
import type { Order } from '../orders.api';
import { ordersText } from '../orders.text';

export function History({ order }: { order: Order }) {
  const t = useText(ordersText);
  const names: Record<string, string> = useText(stateText);
  return (
    <Card>
      <Title order={2} fz="lg" mb="md">
        {t.history}
      </Title>
      <Timeline bulletSize={16} lineWidth={2} active={order.timeline.length}>
        {order.timeline.map((step, n) => (
          <Timeline.Item
            key={n}
            title={names[step.kind] ?? (step.kind === 'placed' ? t.placedKind : step.kind.replaceAll('_', ' '))}
          >
            {step.text && <Text size="sm">{step.text}</Text>}
            <Text size="sm" c="dimmed">
              <When at={step.at} full />
              {step.actor && ` · ${step.actor}`}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}
