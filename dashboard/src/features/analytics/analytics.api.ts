import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import type { Out } from '@/shared/api/types';

export interface Span {
  from: string;
  to: string;
  by?: 'day' | 'week' | 'month';
}

/** The figures of one kind over a time. */
function figures<T>(name: string, ask: (query: Span, signal: AbortSignal) => Promise<T>) {
  return (span: Span) =>
    useQuery({
      queryKey: ['analytics', name, span],
      placeholderData: keepPreviousData,
      staleTime: 60_000,
      queryFn: ({ signal }) => ask(span, signal),
    });
}

export const useRevenue = figures('revenue', (query, signal) =>
  ok(api.GET('/v1/analytics/revenue', { params: { query }, signal })),
);
export const useProducts = figures('products', (query, signal) =>
  ok(api.GET('/v1/analytics/products', { params: { query }, signal })),
);
export const useAcquisition = figures('acquisition', (query, signal) =>
  ok(api.GET('/v1/analytics/acquisition', { params: { query }, signal })),
);
export const useFunnel = figures('funnel', (query, signal) =>
  ok(api.GET('/v1/analytics/funnel', { params: { query }, signal })),
);
export const useOrderFigures = figures('orders', (query, signal) =>
  ok(api.GET('/v1/analytics/orders', { params: { query }, signal })),
);
export const useMessages = figures('messages', (query, signal) =>
  ok(api.GET('/v1/analytics/messages', { params: { query }, signal })),
);
export const useAssistant = figures('assistant', (query, signal) =>
  ok(api.GET('/v1/analytics/assistant', { params: { query }, signal })),
);
export const useSatisfaction = figures('satisfaction', (query, signal) =>
  ok(api.GET('/v1/analytics/satisfaction', { params: { query }, signal })),
);
export const useCustomers = figures('customers', (query, signal) =>
  ok(api.GET('/v1/analytics/customers', { params: { query }, signal })),
);
export const useServices = figures('services', (query, signal) =>
  ok(api.GET('/v1/analytics/services', { params: { query }, signal })),
);
export const useHints = figures('hints', (query, signal) =>
  ok(api.GET('/v1/analytics/hints', { params: { query }, signal })),
);

export type Products = Out<'/v1/analytics/products'>;
