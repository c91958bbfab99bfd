import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { In, Item } from '@/shared/api/types';

export type Member = Item<'/v1/team'>;
export type Role = Item<'/v1/roles'>;
export type ApiKey = Item<'/v1/api-keys'>;

export const teamQuery = queryOptions({
  queryKey: ['team', 'people'],
  queryFn: ({ signal }) => ok(api.GET('/v1/team', { signal })),
});
export const invitationsQuery = queryOptions({
  queryKey: ['team', 'invitations'],
  queryFn: ({ signal }) => ok(api.GET('/v1/team/invitations', { signal })),
});
export const rolesQuery = queryOptions({
  queryKey: ['team', 'roles'],
  queryFn: ({ signal }) => ok(api.GET('/v1/roles', { signal })),
});
export const keysQuery = queryOptions({
  queryKey: ['team', 'keys'],
  queryFn: ({ signal }) => ok(api.GET('/v1/api-keys', { signal })),
});
export const auditQuery = (filter: { who?: string; what?: string; from?: string; to?: string }) =>
  listQuery(['team', 'audit', filter], ({ cursor, signal }) =>
    ok(api.GET('/v1/audit', { params: { query: { ...filter, cursor, limit: 50 } }, signal })),
  );

export const changeRole = ({ user, role }: { user: string; role: string }) =>
  ok(api.PATCH('/v1/team/{user}', { params: { path: { user } }, body: { role } }));
export const removeMember = (user: string) => ok(api.DELETE('/v1/team/{user}', { params: { path: { user } } }));
export const invite = (body: In<'/v1/team/invitations'>) => ok(api.POST('/v1/team/invitations', { body }));
export const withdraw = (id: string) =>
  ok(api.DELETE('/v1/team/invitations/{invitation}', { params: { path: { invitation: id } } }));
export const saveRole = ({ id, ...body }: { id?: string; name: string; rights: string[] }) =>
  id
    ? ok(api.PATCH('/v1/roles/{role}', { params: { path: { role: id } }, body }))
    : ok(api.POST('/v1/roles', { body }));
export const removeRole = (id: string) => ok(api.DELETE('/v1/roles/{role}', { params: { path: { role: id } } }));
export const addKey = (body: In<'/v1/api-keys'>) => ok(api.POST('/v1/api-keys', { body }));
export const rotateKey = (id: string) => ok(api.POST('/v1/api-keys/{key}/rotate', { params: { path: { key: id } } }));
export const revokeKey = (id: string) => ok(api.DELETE('/v1/api-keys/{key}', { params: { path: { key: id } } }));
