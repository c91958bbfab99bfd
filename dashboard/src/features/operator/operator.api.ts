import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import type { In, Item } from '@/shared/api/types';

export type Usage = Item<'/v1/operator/usage'>;

export const usageQuery = queryOptions({
  queryKey: ['operator', 'usage'],
  queryFn: ({ signal }) => ok(api.GET('/v1/operator/usage', { signal })),
});
export const tenantsQuery = queryOptions({
  queryKey: ['operator', 'tenants'],
  queryFn: ({ signal }) => ok(api.GET('/v1/operator/tenants', { signal })),
});
export const healthQuery = queryOptions({
  queryKey: ['operator', 'health'],
  refetchInterval: 30_000,
  queryFn: ({ signal }) => ok(api.GET('/v1/operator/health', { signal })),
});

const of = (tenant: string) => ({ path: { tenant } });
export const addTenant = (body: In<'/v1/operator/tenants'>) => ok(api.POST('/v1/operator/tenants', { body }));
export const openContent = ({ id, reason }: { id: string; reason: string }) =>
  ok(api.POST('/v1/operator/tenants/{tenant}/content-access', { params: of(id), body: { reason } }));
