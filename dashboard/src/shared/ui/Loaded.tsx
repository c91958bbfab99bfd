import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonText } from '@/shared/i18n/common.text';
import { useLang, useText } from '@/shared/i18n/text';
import { explain } from './errors';

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: Asked<T>;
  /** What stands there until something is known. */
  skeleton?: ReactNode;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The four faces of anything that is asked of the server: loading, failed, empty, full. */
export function Loaded<T>({ query, skeleton, isEmpty, empty, children }: LoadedProps<T>) {
  if (query.data !== undefined) return isEmpty?.(query.data) && empty ? empty : children(query.data);
  if (query.isPending) return skeleton ?? <ListSkeleton />;
  return <Failed error={query.error} onRetry={() => void query.refetch()} />;
}

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText(commonText);
  const { lang } = useLang();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t.failed} role="alert">
      <Stack align="flex-start" gap="sm">
        {explain(error, lang)}
        <Button size="xs" variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
          {t.tryAgain}
        </Button>
      </Stack>
    </Alert>
  );
}

export function ListSkeleton({ lines = 6, height = 56 }: { lines?: number; height?: number }) {
  const t = useText(commonText);
  return (
    <Stack gap="xs" role="status" aria-label={t.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} radius="md" />
      ))}
    </Stack>
  );
}
