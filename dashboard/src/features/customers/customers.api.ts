import { queryOptions } from '@tanstack/react-query';
import { api, asFile, ifMatch, ok } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { In, Item, Out, Query } from '@/shared/api/types';

export type CustomerRow = Item<'/v1/customers'>;
export type Customer = Out<'/v1/customers/{id}'>;
export type Segment = Item<'/v1/segments'>;
export type CustomerFilter = Omit<Query<'/v1/customers'>, 'cursor' | 'limit'>;

export const customerKeys = { all: ['customers'], segments: ['customers', 'segments'] } as const;
const of = (id: string) => ({ path: { id } });

export const customersQuery = (filter: CustomerFilter) =>
  listQuery(['customers', 'list', filter], ({ cursor, signal }) =>
    ok(api.GET('/v1/customers', { params: { query: { ...filter, cursor } }, signal })),
  );
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => ok(api.GET('/v1/customers/{id}', { params: of(id), signal })),
  });
export const customerOrdersQuery = (customer: string) =>
  queryOptions({
    queryKey: ['orders', 'of', customer],
    queryFn: ({ signal }) => ok(api.GET('/v1/orders', { params: { query: { customer, limit: 10 } }, signal })),
  });
export const segmentsQuery = queryOptions({
  queryKey: customerKeys.segments,
  queryFn: ({ signal }) => ok(api.GET('/v1/segments', { signal })),
});

export const changeCustomer = ({ customer, body }: { customer: Customer; body: In<'/v1/customers/{id}', 'patch'> }) =>
  ok(
    api.PATCH('/v1/customers/{id}', {
      params: { ...of(customer.id), header: ifMatch(customer.version) },
      body,
    }),
  );
export const eraseCustomer = (id: string) => ok(api.POST('/v1/customers/{id}/erase', { params: of(id), body: {} }));
export const exportCustomer = (id: string) => ok(api.GET('/v1/customers/{id}/export', { params: of(id), ...asFile }));
export const addSegment = (body: In<'/v1/segments'>) => ok(api.POST('/v1/segments', { body }));
export const removeSegment = (id: string) => ok(api.DELETE('/v1/segments/{id}', { params: of(id) }));
