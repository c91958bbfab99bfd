import { Card, Group, Text, ThemeIcon, Tooltip } from '@mantine/core';
import { IconInfoCircle, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface FigureProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  icon?: Icon;
  /** What exactly is counted, told when pointed at. */
  definition?: string;
  color?: string;
}

/** One number that matters. */
export function Figure({ label, value, note, icon: Icon, definition, color = 'duka' }: FigureProps) {
  return (
    <Card p={{ base: 'sm', sm: 'md' }} h="100%">
      <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
        <Group gap={4} wrap="nowrap">
          <Text size="sm" c="dimmed" fw={500} lh={1.3}>
            {label}
          </Text>
          {definition && <Definition text={definition} />}
        </Group>
        {Icon && (
          <ThemeIcon variant="light" color={color} size={34} radius="md" visibleFrom="xs">
            <Icon size={19} stroke={1.8} />
          </ThemeIcon>
        )}
      </Group>
      <Text fz={{ base: 19, sm: 28 }} fw={700} lh={1.25} mt={4} className="display figures">
        {value}
      </Text>
      {note && (
        <Text size="sm" c="dimmed" component="div" mt={2}>
          {note}
        </Text>
      )}
    </Card>
  );
}

export function Definition({ text }: { text: string }) {
  return (
    <Tooltip label={text} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Text span c="dimmed" lh={0} tabIndex={0} role="note" aria-label={text}>
        <IconInfoCircle size={15} />
      </Text>
    </Tooltip>
  );
}
