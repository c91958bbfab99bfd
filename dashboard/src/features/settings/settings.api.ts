import { useQuery } from '@tanstack/react-query';
import { api, ifMatch, ok } from '@/shared/api/client';
import type { paths } from '@/shared/api/schema';
import type { In, Out } from '@/shared/api/types';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { meQuery } from '@/shared/session/session';
import { settingsText } from './settings.text';

/** A part as it is read; the version is told with it. */
type Part<P extends keyof paths> = Out<P> & { version: number };
export type Profile = Part<'/v1/settings/profile'>;
export type Hours = Part<'/v1/settings/hours'>;
export type Delivery = Part<'/v1/settings/delivery'>;
export type Policies = Part<'/v1/settings/policies'>;
export type Coupons = Part<'/v1/settings/coupons'>;
export type Personality = Part<'/v1/settings/personality'>;
export type Handover = Part<'/v1/settings/handover'>;
// A key is written and never read: what is read does not have it.
export type Models = Part<'/v1/settings/models'> & { key?: string | null };
export type BookingRules = Part<'/v1/settings/bookings'>;
export type Payments = Part<'/v1/settings/payments'> & { secret?: string | null };
type Channel = Part<'/v1/settings/channels'>['channels'][number] & { secret?: string | null };
export type Channels = Omit<Part<'/v1/settings/channels'>, 'channels'> & { channels: Channel[] };

const header = (version: number) => ({ params: { header: ifMatch(version) } });

/** One part of the settings: read it, and write it if nobody else did in between. */
function part<T extends { version: number }>(
  name: string,
  read: (signal: AbortSignal) => Promise<Omit<T, 'version'> & { version?: number }>,
  write: (body: T) => Promise<unknown>,
) {
  return function usePart() {
    const t = useText(settingsText);
    const queryKey = ['settings', name];
    const query = useQuery({ queryKey, queryFn: async ({ signal }) => (await read(signal)) as T, staleTime: 0 });
    const save = useChange({ run: write, done: t.saved, renew: [queryKey, meQuery.queryKey] });
    return { query, save };
  };
}

export const useProfile = part<Profile>(
  'profile',
  (signal) => ok(api.GET('/v1/settings/profile', { signal })),
  (body) => ok(api.PUT('/v1/settings/profile', { ...header(body.version), body })),
);
export const useHours = part<Hours>(
  'hours',
  (signal) => ok(api.GET('/v1/settings/hours', { signal })),
  (body) => ok(api.PUT('/v1/settings/hours', { ...header(body.version), body })),
);
export const useDelivery = part<Delivery>(
  'delivery',
  (signal) => ok(api.GET('/v1/settings/delivery', { signal })),
  (body) => ok(api.PUT('/v1/settings/delivery', { ...header(body.version), body })),
);
export const usePolicies = part<Policies>(
  'policies',
  (signal) => ok(api.GET('/v1/settings/policies', { signal })),
  (body) => ok(api.PUT('/v1/settings/policies', { ...header(body.version), body })),
);
export const useCoupons = part<Coupons>(
  'coupons',
  (signal) => ok(api.GET('/v1/settings/coupons', { signal })),
  (body) => ok(api.PUT('/v1/settings/coupons', { ...header(body.version), body })),
);
export const usePersonality = part<Personality>(
  'personality',
  (signal) => ok(api.GET('/v1/settings/personality', { signal })),
  (body) => ok(api.PUT('/v1/settings/personality', { ...header(body.version), body })),
);
export const useHandover = part<Handover>(
  'handover',
  (signal) => ok(api.GET('/v1/settings/handover', { signal })),
  (body) => ok(api.PUT('/v1/settings/handover', { ...header(body.version), body })),
);
export const useModels = part<Models>(
  'models',
  (signal) => ok(api.GET('/v1/settings/models', { signal })),
  (body) => ok(api.PUT('/v1/settings/models', { ...header(body.version), body })),
);
export const useBookingRules = part<BookingRules>(
  'bookings',
  (signal) => ok(api.GET('/v1/settings/bookings', { signal })),
  (body) => ok(api.PUT('/v1/settings/bookings', { ...header(body.version), body })),
);
export const usePayments = part<Payments>(
  'payments',
  (signal) => ok(api.GET('/v1/settings/payments', { signal })),
  (body) => ok(api.PUT('/v1/settings/payments', { ...header(body.version), body })),
);
export const useChannels = part<Channels>(
  'channels',
  (signal) => ok(api.GET('/v1/settings/channels', { signal })),
  (body) => ok(api.PUT('/v1/settings/channels', { ...header(body.version), body })),
);

export const preview = (body: In<'/v1/settings/personality/preview'>) =>
  ok(api.POST('/v1/settings/personality/preview', { body }));
export const testPayments = () => ok(api.POST('/v1/settings/payments/test'));
export const testChannel = (kind: string) => ok(api.POST('/v1/settings/channels/test', { body: { kind } }));
