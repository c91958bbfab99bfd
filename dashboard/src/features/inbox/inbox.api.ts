import { queryOptions } from '@tanstack/react-query';
import { api, ok, onceOnly } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { Item, Out } from '@/shared/api/types';

export type ConversationRow = Item<'/v1/conversations'>;
export type Conversation = Out<'/v1/conversations/{id}'>;
export type SavedReply = Item<'/v1/saved-replies'>;
type Filter = 'waiting' | 'open' | 'mine' | 'all';

const of = (id: string) => ({ path: { id } });

export const conversationsQuery = (filter: { filter?: string; q?: string }) =>
  listQuery(['conversations', 'list', filter], ({ cursor, signal }) =>
    ok(
      api.GET('/v1/conversations', {
        params: { query: { q: filter.q, filter: filter.filter as Filter | undefined, cursor } },
        signal,
      }),
    ),
  );

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'one', id],
    queryFn: ({ signal }) => ok(api.GET('/v1/conversations/{id}', { params: of(id), signal })),
  });

export const messagesQuery = (id: string) =>
  listQuery(['conversations', 'messages', id], ({ cursor, signal }) =>
    ok(api.GET('/v1/conversations/{id}/messages', { params: { ...of(id), query: { cursor, limit: 40 } }, signal })),
  );

export const turnQuery = (id: string) =>
  queryOptions({
    queryKey: ['turns', id],
    staleTime: Infinity,
    queryFn: ({ signal }) => ok(api.GET('/v1/turns/{id}', { params: of(id), signal })),
  });

export const repliesQuery = queryOptions({
  queryKey: ['saved-replies'],
  staleTime: 300_000,
  queryFn: ({ signal }) => ok(api.GET('/v1/saved-replies', { signal })),
});

export const sendMessage = ({ id, text }: { id: string; text: string }) =>
  ok(api.POST('/v1/conversations/{id}/messages', { params: { ...of(id), header: onceOnly() }, body: { text } }));
export const take = (id: string) => ok(api.POST('/v1/conversations/{id}/take', { params: of(id) }));
export const release = (id: string) => ok(api.POST('/v1/conversations/{id}/release', { params: of(id) }));
export const markRead = (id: string) => ok(api.POST('/v1/conversations/{id}/read', { params: of(id) }));

export const addReply = (body: { shortcut: string; text: string }) => ok(api.POST('/v1/saved-replies', { body }));
export const removeReply = (id: string) => ok(api.DELETE('/v1/saved-replies/{id}', { params: of(id) }));
