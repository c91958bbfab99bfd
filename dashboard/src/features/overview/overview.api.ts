import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import type { Out } from '@/shared/api/types';

export type Overview = Out<'/v1/overview'>;

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => ok(api.GET('/v1/overview', { signal })),
});
