import { Button, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { useHints, type Span } from '../analytics.api';
import { analyticsText } from '../analytics.text';
import { ChartCard } from './ChartCard';

/** What the figures suggest, each with the place where they stand. */
export function Hints({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const query = useHints(span);
  return (
    <ChartCard title={t.hints} query={query} isEmpty={(data) => data.hints.length === 0}>
      {(data) => (
        <Stack>
          {data.hints.map((hint) => (
            <Group key={hint.title} wrap="nowrap" align="flex-start">
              <ThemeIcon variant="light" color="yellow" size={38} radius="xl">
                <IconBulb size={21} />
              </ThemeIcon>
              <div style={{ flex: 1 }}>
                <Text fw={600}>{hint.title}</Text>
                <Text c="dimmed" size="sm">
                  {hint.text}
                </Text>
              </div>
              <Button component={Link} to={hint.link} variant="default" size="sm">
                {t.open}
              </Button>
            </Group>
          ))}
        </Stack>
      )}
    </ChartCard>
  );
}
