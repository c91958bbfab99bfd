import { Card, Stack, Table, type MantineBreakpoint } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePhone } from '@/shared/hooks/usePhone';
import { useRowLink } from '@/shared/hooks/useRowLink';

export interface Column<T> {
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** A number: it stands on the right. */
  number?: boolean;
  /** Only on screens that are at least this wide. */
  from?: MantineBreakpoint;
}

interface RowsProps<T> {
  items: T[];
  columns: Column<T>[];
  /** The same in a card, for a phone. */
  card: (row: T) => ReactNode;
  /** Where a whole row or card leads. */
  to?: (row: T) => string;
}

/** Rows on a desk, cards on a phone. */
export function Rows<T extends { id: string }>({ items, columns, card, to }: RowsProps<T>) {
  const rowLink = useRowLink();
  if (usePhone()) {
    return (
      <Stack gap="xs">
        {items.map((row) =>
          to ? (
            <Card key={row.id} component={Link} to={to(row)} p="md" className="plain lift">
              {card(row)}
            </Card>
          ) : (
            <Card key={row.id} p="sm">
              {card(row)}
            </Card>
          ),
        )}
      </Stack>
    );
  }
  return (
    <Card p={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, n) => (
              <Table.Th key={n} visibleFrom={column.from} ta={column.number ? 'right' : undefined}>
                {column.head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((row) => (
            <Table.Tr key={row.id} {...(to && rowLink(to(row)))}>
              {columns.map((column, n) => (
                <Table.Td
                  key={n}
                  visibleFrom={column.from}
                  {...(column.number && { ta: 'right' as const, className: 'figures' })}
                >
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
