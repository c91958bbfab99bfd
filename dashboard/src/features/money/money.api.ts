import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { Item, Query } from '@/shared/api/types';

export type Payment = Item<'/v1/payments'>;
export type PaymentFilter = Omit<Query<'/v1/payments'>, 'cursor' | 'limit'>;

export const paymentsQuery = (filter: PaymentFilter) =>
  listQuery(['payments', 'list', filter], ({ cursor, signal }) =>
    ok(api.GET('/v1/payments', { params: { query: { ...filter, cursor } }, signal })),
  );
export const summaryQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['payments', 'summary', from, to],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ok(api.GET('/v1/payments/summary', { params: { query: { from, to } }, signal })),
  });
