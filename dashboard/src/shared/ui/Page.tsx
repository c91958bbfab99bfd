import { ActionIcon, Box, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';

interface PageProps {
  title: string;
  subtitle?: ReactNode;
  back?: string;
  actions?: ReactNode;
  children: ReactNode;
  /** Narrow pages are read, wide ones are worked on. */
  width?: 'narrow' | 'wide';
}

export function Page({ title, subtitle, back, actions, children, width = 'wide' }: PageProps) {
  const t = useText(commonText);
  useEffect(() => {
    document.title = `${title} · Duka`;
  }, [title]);
  return (
    <Stack gap="lg" maw={width === 'narrow' ? 860 : 1400} mx="auto" w="100%">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start" miw={0} flex="1 1 220px">
          {back && (
            <ActionIcon component={Link} to={back} variant="subtle" color="gray" size="lg" aria-label={t.back}>
              <IconArrowLeft size={22} />
            </ActionIcon>
          )}
          <Box miw={0}>
            <Title order={1} fz={{ base: 26, sm: 30 }} lh={1.2}>
              {title}
            </Title>
            {subtitle && (
              <Text c="dimmed" size="sm" component="div">
                {subtitle}
              </Text>
            )}
          </Box>
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
