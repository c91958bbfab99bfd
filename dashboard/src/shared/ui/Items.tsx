import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { IconPlus, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Can, type Right } from '@/shared/session/session';
import { Loaded } from './Loaded';
import { Nothing } from './Nothing';

interface ItemsProps<T> {
  query: { data: { items: T[] } | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  add: { label: string; right: Right; onClick: () => void };
  /** What stands there if there is none: what one would be for. */
  empty: { icon: Icon; title: string; hint: string };
  /** Cards beside each other instead of below each other. */
  grid?: boolean;
  children: (item: T, n: number) => ReactNode;
}

/** A short list that the team keeps, with the button that adds to it. */
export function Items<T>({ query, add, empty, grid, children }: ItemsProps<T>) {
  const button = (
    <Can right={add.right}>
      <Button leftSection={<IconPlus size={18} />} onClick={add.onClick}>
        {add.label}
      </Button>
    </Can>
  );
  return (
    <Loaded query={query} isEmpty={(data) => data.items.length === 0} empty={<Nothing {...empty}>{button}</Nothing>}>
      {({ items }) => (
        <Stack gap="md">
          <Group>{button}</Group>
          {grid ? (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>{items.map(children)}</SimpleGrid>
          ) : (
            <Stack gap="xs">{items.map(children)}</Stack>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
