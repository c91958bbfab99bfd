import { Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import type { Overview } from '../overview.api';
import { overviewText } from '../overview.text';

export function LowStock({ items }: { items: Overview['low_stock'] }) {
  const t = useText(overviewText);
  return (
    <Section h="100%" title={t.low}>
      {items.length === 0 && <Text c="dimmed">{t.lowNone}</Text>}
      <Stack gap="sm">
        {items.slice(0, 6).map((item) => (
          <Link key={item.variant_id} to="/products/$id" params={{ id: item.product_id }} className="plain">
            <Group wrap="nowrap" justify="space-between" gap="sm">
              <div style={{ minWidth: 0 }}>
                <Text fw={550} className="clamp1">
                  {item.name}
                </Text>
                <Text size="sm" c="dimmed">
                  {[item.size, item.colour].filter(Boolean).join(' · ')}
                </Text>
              </div>
              <Badge variant="light" color={item.left === 0 ? 'red' : 'orange'} radius="sm" flex="none">
                {t.left(item.left)}
              </Badge>
            </Group>
          </Link>
        ))}
      </Stack>
    </Section>
  );
}
