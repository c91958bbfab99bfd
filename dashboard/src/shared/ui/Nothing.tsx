import { Button, Card, EmptyState } from '@mantine/core';
import { IconFilterOff, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';

/** Nothing is here yet: says what would be, and offers the next step. */
export function Nothing({
  icon: Icon,
  title,
  hint,
  children,
}: {
  icon: Icon;
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <Card py="xl">
      <EmptyState variant="light" icon={<Icon size={30} stroke={1.6} />} title={title} description={hint}>
        {children && <EmptyState.Actions>{children}</EmptyState.Actions>}
      </EmptyState>
    </Card>
  );
}

/** Nothing matches the filters. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useText(commonText);
  return (
    <Nothing icon={IconFilterOff} title={t.nothingFound} hint={t.nothingFoundHint}>
      <Button variant="default" onClick={onClear}>
        {t.clear}
      </Button>
    </Nothing>
  );
}
