import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '@/shared/api/client';
import { shopId } from '@/shared/api/session';
import type { Out } from '@/shared/api/types';
import { formatMoney } from '@/shared/format/money';
import { useLang } from '@/shared/i18n/text';
import type { rightNames } from './rights.text';

export type Me = Out<'/v1/me'>;
export type Right = keyof (typeof rightNames)['en'];

// Who runs the installation is in no shop's team, and still has to be known.
async function withoutShop(): Promise<Me> {
  const { user } = await ok(api.POST('/v1/auth/refresh'));
  const shop = {
    id: '',
    slug: '',
    name: 'Duka',
    currency: 'KES',
    timezone: 'Africa/Nairobi',
    language: 'en',
    kind: null,
  };
  return { user, shop, role: '', rights: [], onboarding: ['live'], shops: [] };
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (shopId() ? ok(api.GET('/v1/me', { signal })) : withoutShop()),
  staleTime: 300_000,
  retry: false,
});

/** Who is signed in, if it is known already. */
export const useMe = (): Me | undefined => useQuery({ ...meQuery, enabled: false }).data;

export function useCan(): (right: Right | undefined) => boolean {
  const rights = useMe()?.rights;
  return (right) => right === undefined || (rights?.includes(right) ?? false);
}

/** Shows what is inside only to those who may. */
export function Can({ right, children }: { right: Right; children: ReactNode }) {
  return useCan()(right) ? children : null;
}

/** How this shop and this person write amounts and times. */
export function useFormat() {
  const { lang } = useLang();
  const shop = useMe()?.shop;
  const currency = shop?.currency ?? 'KES';
  const clock = { lang, zone: shop?.timezone ?? 'Africa/Nairobi' };
  return { lang, currency, clock, zone: clock.zone, money: (minor: number) => formatMoney(minor, currency) };
}
