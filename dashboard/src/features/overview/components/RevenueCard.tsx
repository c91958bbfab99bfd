import { Card, Group, Skeleton, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import type { Overview } from '../overview.api';
import { overviewText } from '../overview.text';

const RevenueChart = lazy(() => import('./RevenueChart').then((m) => ({ default: m.RevenueChart })));

export function RevenueCard({ days }: { days: Overview['revenue_30d'] }) {
  const t = useText(overviewText);
  const total = days.reduce((sum, day) => sum + day.revenue, 0);
  return (
    <Card h="100%">
      <Group justify="space-between" mb="md">
        <Title order={2} fz="lg">
          {t.revenue}
        </Title>
        <Text fw={700} className="display">
          <Money value={total} />
        </Text>
      </Group>
      {total === 0 ? (
        <Text c="dimmed">{t.noRevenue}</Text>
      ) : (
        <Suspense fallback={<Skeleton height={260} radius="md" />}>
          <RevenueChart days={days} />
        </Suspense>
      )}
    </Card>
  );
}
