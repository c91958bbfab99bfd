import { infiniteQueryOptions, keepPreviousData, type InfiniteData } from '@tanstack/react-query';

export interface PageOf<T> {
  items: T[];
  next?: string | null;
}
type Fetch<T> = (page: { cursor?: string; signal: AbortSignal }) => Promise<PageOf<T>>;

/** A list that is read page by page. What was there stays while another filter loads. */
export function listQuery<T>(queryKey: readonly unknown[], fetchPage: Fetch<T>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage({ cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** All rows that were read so far. */
export function rows<T>(data: InfiniteData<PageOf<T>> | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
