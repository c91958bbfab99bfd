import { queryOptions } from '@tanstack/react-query';
import { api, asFile, ifMatch, ok, onceOnly } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { Item, Out, Query } from '@/shared/api/types';

export type OrderRow = Item<'/v1/orders'>;
export type Order = Out<'/v1/orders/{id}'>;
export type OrderState = OrderRow['state'];
export type OrderFilter = Omit<Query<'/v1/orders'>, 'cursor' | 'limit'>;

export const orderKeys = {
  all: ['orders'],
  list: (filter: OrderFilter) => ['orders', 'list', filter],
  one: (id: string) => ['orders', 'one', id],
} as const;

export const ordersQuery = (filter: OrderFilter) =>
  listQuery(orderKeys.list(filter), ({ cursor, signal }) =>
    ok(api.GET('/v1/orders', { params: { query: { ...filter, cursor } }, signal })),
  );

export const countsQuery = queryOptions({
  queryKey: ['orders', 'counts'],
  queryFn: ({ signal }) => ok(api.GET('/v1/orders/counts', { signal })),
});

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.one(id),
    queryFn: ({ signal }) => ok(api.GET('/v1/orders/{id}', { params: { path: { id } }, signal })),
  });

export const moveOrder = ({
  order,
  state,
  reason,
}: {
  order: { id: string; version: number };
  state: OrderState;
  reason?: string;
}) =>
  ok(
    api.POST('/v1/orders/{id}/move', {
      params: { path: { id: order.id }, header: { ...ifMatch(order.version), ...onceOnly() } },
      body: { state, ...(reason ? { reason } : {}) },
    }),
  );

export const addNote = ({ id, text }: { id: string; text: string }) =>
  ok(api.POST('/v1/orders/{id}/note', { params: { path: { id } }, body: { text } }));

export const receipt = (id: string, format: 'a4' | '80mm') =>
  ok(api.GET('/v1/orders/{id}/receipt', { params: { path: { id }, query: { format } }, ...asFile }));
export const exportOrders = (filter: OrderFilter) =>
  ok(api.GET('/v1/orders/export', { params: { query: filter }, ...asFile }));
