import { Card, Group, Stack, Text, Title, type CardProps } from '@mantine/core';
import type { ReactNode } from 'react';

type SectionProps = Omit<CardProps, 'title'> & {
  title: ReactNode;
  hint?: ReactNode;
  /** What stands beside the title. */
  aside?: ReactNode;
  children: ReactNode;
};

/** A card with a heading. */
export function Section({ title, hint, aside, children, ...rest }: SectionProps) {
  return (
    <Card {...rest}>
      <Group justify="space-between" gap="xs" mb={hint ? 2 : 'md'}>
        <Title order={2} fz="lg">
          {title}
        </Title>
        {aside}
      </Group>
      {hint && (
        <Text size="sm" c="dimmed" mb="md">
          {hint}
        </Text>
      )}
      <Stack gap="sm">{children}</Stack>
    </Card>
  );
}
