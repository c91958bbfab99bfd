import { Anchor, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import {
  IconBolt,
  IconCalendar,
  IconCash,
  IconHandStop,
  IconMessage,
  IconPackage,
  IconReceipt,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import type { Overview } from '../overview.api';
import { overviewText } from '../overview.text';

const ICONS: Record<string, [Icon, string]> = {
  order: [IconReceipt, 'duka'],
  payment: [IconCash, 'duka'],
  message: [IconMessage, 'blue'],
  stock: [IconPackage, 'orange'],
  handover: [IconHandStop, 'red'],
  appointment: [IconCalendar, 'indigo'],
};

export function Activity({ items }: { items: Overview['activity'] }) {
  const t = useText(overviewText);
  return (
    <Section h="100%" title={t.activity}>
      {items.length === 0 && <Text c="dimmed">{t.activityNone}</Text>}
      <Stack gap="sm" aria-live="polite">
        {items.slice(0, 9).map((item) => {
          const [Symbol, color] = ICONS[item.kind] ?? [IconBolt, 'gray'];
          return (
            <Group key={item.id} wrap="nowrap" gap="sm">
              <ThemeIcon variant="light" color={color} radius="xl" size={34}>
                <Symbol size={18} />
              </ThemeIcon>
              <Text flex={1} className="clamp1">
                {item.link ? (
                  <Anchor component={Link} to={item.link} inherit c="inherit">
                    {item.title}
                  </Anchor>
                ) : (
                  item.title
                )}
              </Text>
              <Text size="sm" c="dimmed">
                <When at={item.at} />
              </Text>
            </Group>
          );
        })}
      </Stack>
    </Section>
  );
}
