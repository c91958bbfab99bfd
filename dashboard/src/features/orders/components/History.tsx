import { Text, Timeline } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { stateText } from '@/shared/ui/states.text';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import type { Order } from '../orders.api';
import { ordersText } from '../orders.text';

export function History({ order }: { order: Order }) {
  const t = useText(ordersText);
  const names: Record<string, string> = useText(stateText);
  return (
    <Section title={t.history}>
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
    </Section>
  );
}
