import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { In, Item } from '@/shared/api/types';

export type Tenant = Item<'/v1/operator/tenants'>;

export const tenantsQuery = (q: string | undefined) =>
  listQuery(['operator', 'tenants', q], ({ cursor, signal }) => ok(api.GET('/v1/operator/tenants', { params: { query: { q, cursor } }, signal })));
export const usageQuery = queryOptions({ queryKey: ['operator', 'usage'], queryFn: ({ signal }) => ok(api.GET('/v1/operator/usage', { signal })) });
export const healthQuery = queryOptions({ queryKey: ['operator', 'health'], refetchInterval: 30_000, queryFn: ({ signal }) => ok(api.GET('/v1/operator/health', { signal })) });

export const changeTenant = ({ id, ...body }: { id: string } & In<'/v1/operator/tenants/{id}', 'patch'>) => ok(api.PATCH('/v1/operator/tenants/{id}', { params: { path: { id } }, body }));
export const addTenant = (body: In<'/v1/operator/tenants'>) => ok(api.POST('/v1/operator/tenants', { body }));
export const openContent = ({ id, reason }: { id: string; reason: string }) => ok(api.POST('/v1/operator/tenants/{id}/content-access', { params: { path: { id } }, body: { reason } }));
