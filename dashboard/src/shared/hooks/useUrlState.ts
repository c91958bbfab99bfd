import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type UrlState = Record<string, string | undefined>;

/** What a page shows is in its address: filters, search, tab. An empty value leaves the address. */
export function useUrlState(): [UrlState, (patch: UrlState) => void] {
  const search = useSearch({ strict: false }) as UrlState;
  const navigate = useNavigate();
  const change = useCallback(
    (patch: UrlState) => {
      void navigate({
        to: '.',
        replace: true,
        search: (before: UrlState) =>
          Object.fromEntries(
            Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined && value !== ''),
          ),
      });
    },
    [navigate],
  );
  return [search, change];
}
