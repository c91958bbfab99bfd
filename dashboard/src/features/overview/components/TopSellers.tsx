import { Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Picture } from '@/shared/ui/Picture';
import { Section } from '@/shared/ui/Section';
import type { Overview } from '../overview.api';
import { overviewText } from '../overview.text';

export function TopSellers({ sellers }: { sellers: Overview['top_sellers'] }) {
  const t = useText(overviewText);
  return (
    <Section h="100%" title={t.top}>
      {sellers.length === 0 && <Text c="dimmed">{t.topNone}</Text>}
      <Stack gap="sm">
        {sellers.slice(0, 5).map((seller) => (
          <Link key={seller.product_id} to="/products/$id" params={{ id: seller.product_id }} className="plain">
            <Group wrap="nowrap" gap="sm">
              <Picture src={seller.image} alt="" size={44} />
              <div style={{ flex: 1, minWidth: 0 }}>
                <Text fw={550} className="clamp1">
                  {seller.name}
                </Text>
                <Text size="sm" c="dimmed">
                  {t.units(seller.units)}
                </Text>
              </div>
              <Text fw={600} size="sm">
                <Money value={seller.revenue} />
              </Text>
            </Group>
          </Link>
        ))}
      </Stack>
    </Section>
  );
}
