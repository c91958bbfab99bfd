import { Card, Group, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '@/shared/i18n/text';
import { Definition } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { analyticsText } from '../analytics.text';

interface ChartCardProps<T extends object> {
  title: string;
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  isEmpty?: (data: T) => boolean;
  aside?: (data: T) => ReactNode;
  children: (data: T) => ReactNode;
}

/** One picture of the figures with its definition. */
export function ChartCard<T extends object>({ title, query, isEmpty, aside, children }: ChartCardProps<T>) {
  const t = useText(analyticsText);
  const definition = query.data && 'definition' in query.data ? String(query.data.definition) : undefined;
  return (
    <Card h="100%">
      <Group justify="space-between" mb="md" gap="xs" align="flex-start">
        <Group gap={6} wrap="nowrap">
          <Title order={2} fz="lg">
            {title}
          </Title>
          {definition && <Definition text={definition} />}
        </Group>
        {query.data && aside?.(query.data)}
      </Group>
      <Loaded
        query={query}
        skeleton={<Skeleton h={240} radius="md" />}
        isEmpty={isEmpty}
        empty={<Text c="dimmed">{t.nothing}</Text>}
      >
        {children}
      </Loaded>
    </Card>
  );
}
