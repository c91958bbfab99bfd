import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import type { In } from '@/shared/api/types';

export const simulatorKey = ['simulator'];

export const simulatorQuery = queryOptions({
  queryKey: simulatorKey,
  queryFn: ({ signal }) => ok(api.GET('/v1/simulator/messages', { signal })),
});
export const testOrdersQuery = (customer: string | null | undefined) =>
  queryOptions({
    queryKey: ['orders', 'test', customer],
    enabled: Boolean(customer),
    queryFn: ({ signal }) =>
      ok(api.GET('/v1/orders', { params: { query: { customer: customer ?? undefined, limit: 5 } }, signal })),
  });
export const say = (body: In<'/v1/simulator/messages'>) => ok(api.POST('/v1/simulator/messages', { body }));
export const pay = (body: In<'/v1/simulator/payments'>) => ok(api.POST('/v1/simulator/payments', { body }));

/** A picture as `data:` of at most 1,280 pixels, as a phone would send it. */
export async function pictureOf(file: File): Promise<string> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 1_280 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.85);
}
