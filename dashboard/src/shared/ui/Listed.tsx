import type { InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rows, type PageOf } from '@/shared/api/list';
import { Loaded } from './Loaded';
import { MoreButton } from './MoreButton';
import { NoMatch } from './Nothing';

interface ListedProps<T> {
  query: {
    data: InfiniteData<PageOf<T>> | undefined;
    error: unknown;
    isPending: boolean;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  /** Whether filters are set, and how they are taken off. */
  filtered: boolean;
  onClear: () => void;
  /** What stands there if there is nothing at all. */
  empty: ReactNode;
  skeleton?: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** What is read page by page: loading, failed, nothing yet, nothing that matches, the rows and the way to more. */
export function Listed<T>({ query, filtered, onClear, empty, skeleton, children }: ListedProps<T>) {
  return (
    <>
      <Loaded
        query={query}
        skeleton={skeleton}
        isEmpty={(data) => rows(data).length === 0}
        empty={filtered ? <NoMatch onClear={onClear} /> : empty}
      >
        {(data) => children(rows(data))}
      </Loaded>
      <MoreButton query={query} />
    </>
  );
}
