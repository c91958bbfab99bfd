import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { In, Item } from '@/shared/api/types';
import type { Right } from '@/shared/session/session';

export type Member = Item<'/v1/team'>;
export type Role = Item<'/v1/roles'>;
export type ApiKey = Item<'/v1/api-keys'>;
const of = (id: string) => ({ path: { id } });

export const teamQuery = queryOptions({ queryKey: ['team', 'people'], queryFn: ({ signal }) => ok(api.GET('/v1/team', { signal })) });
export const invitationsQuery = queryOptions({ queryKey: ['team', 'invitations'], queryFn: ({ signal }) => ok(api.GET('/v1/team/invitations', { signal })) });
export const rolesQuery = queryOptions({ queryKey: ['team', 'roles'], queryFn: ({ signal }) => ok(api.GET('/v1/roles', { signal })) });
export const keysQuery = queryOptions({ queryKey: ['team', 'keys'], queryFn: ({ signal }) => ok(api.GET('/v1/api-keys', { signal })) });
export const auditQuery = (filter: { who?: string; what?: string; from?: string; to?: string }) =>
  listQuery(['team', 'audit', filter], ({ cursor, signal }) => ok(api.GET('/v1/audit', { params: { query: { ...filter, cursor, limit: 50 } }, signal })));

export const changeRole = ({ user, role }: { user: string; role: string }) => ok(api.PATCH('/v1/team/{user}', { params: { path: { user } }, body: { role } }));
export const removeMember = (user: string) => ok(api.DELETE('/v1/team/{user}', { params: { path: { user } } }));
export const invite = (body: In<'/v1/team/invitations'>) => ok(api.POST('/v1/team/invitations', { body }));
export const withdraw = (id: string) => ok(api.DELETE('/v1/team/invitations/{id}', { params: of(id) }));
export const saveRole = ({ id, ...body }: { id?: string; name: string; rights: Right[] }) =>
  id ? ok(api.PATCH('/v1/roles/{id}', { params: of(id), body })) : ok(api.POST('/v1/roles', { body }));
export const removeRole = (id: string) => ok(api.DELETE('/v1/roles/{id}', { params: of(id) }));
export const addKey = (body: In<'/v1/api-keys'>) => ok(api.POST('/v1/api-keys', { body }));
export const rotateKey = (id: string) => ok(api.POST('/v1/api-keys/{id}/rotate', { params: of(id) }));
export const revokeKey = (id: string) => ok(api.DELETE('/v1/api-keys/{id}', { params: of(id) }));
