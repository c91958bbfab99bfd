import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ifMatch, ok, onceOnly } from '@/shared/api/client';
import type { In, Item } from '@/shared/api/types';

export type Appointment = Item<'/v1/appointments'>;
export type Service = Item<'/v1/services'>;
export type ServiceIn = In<'/v1/services'>;

export const bookingKeys = { all: ['appointments'], services: ['services'] } as const;
const of = (id: string) => ({ path: { id } });

/** All bookings of some days; a calendar needs every one of them. */
export const appointmentsQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['appointments', from, to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const all: Appointment[] = [];
      let cursor: string | undefined;
      do {
        const page = await ok(
          api.GET('/v1/appointments', { params: { query: { from, to, cursor, limit: 100 } }, signal }),
        );
        all.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return all;
    },
  });
export const servicesQuery = queryOptions({
  queryKey: bookingKeys.services,
  queryFn: ({ signal }) => ok(api.GET('/v1/services', { signal })),
});
export const freeQuery = (service: string, day: string) =>
  queryOptions({
    queryKey: ['appointments', 'free', service, day],
    enabled: Boolean(service && day),
    queryFn: ({ signal }) => ok(api.GET('/v1/appointments/free', { params: { query: { service, day } }, signal })),
  });

export const book = (body: In<'/v1/appointments'>) =>
  ok(api.POST('/v1/appointments', { params: { header: onceOnly() }, body }));
export const moveBooking = ({ one, start, lane }: { one: Appointment; start: string; lane?: string | null }) =>
  ok(
    api.PATCH('/v1/appointments/{id}', {
      params: { ...of(one.id), header: ifMatch(one.version) },
      body: { start, ...(lane ? { lane } : {}) },
    }),
  );
export const cancelBooking = (id: string) => ok(api.POST('/v1/appointments/{id}/cancel', { params: of(id), body: {} }));

export const saveService = ({ id, version, body }: { id?: string; version: number; body: ServiceIn }) =>
  id
    ? ok(api.PUT('/v1/services/{id}', { params: { ...of(id), header: ifMatch(version) }, body }))
    : ok(api.POST('/v1/services', { body }));
export const removeService = ({ id, version }: Service) =>
  ok(api.DELETE('/v1/services/{id}', { params: { ...of(id), header: ifMatch(version) } }));
