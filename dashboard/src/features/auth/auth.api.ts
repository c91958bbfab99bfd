import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ok } from '@/shared/api/client';
import { chooseShop, keepShops, shopId } from '@/shared/api/session';
import type { In, Out } from '@/shared/api/types';
import { useLang } from '@/shared/i18n/text';
import { meQuery } from '@/shared/session/session';

export type Login = Out<'/v1/auth/login', 'post'>;

export const logIn = (body: In<'/v1/auth/login'>) => ok(api.POST('/v1/auth/login', { body }));
export const signUp = (body: In<'/v1/auth/signup'>) => ok(api.POST('/v1/auth/signup', { body }));

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    retry: false,
    queryFn: () => ok(api.GET('/v1/invitations/{token}', { params: { path: { token } } })),
  });
export const accept = (token: string, body: In<'/v1/invitations/{token}/accept'>) =>
  ok(api.POST('/v1/invitations/{token}/accept', { params: { path: { token } }, body }));

/** Enters the shop used last, or the first one, and goes where the person wanted to. */
export function useEnter() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { setLang } = useLang();
  return async (login: Login, then: string) => {
    const shop = login.shops.find((one) => one.slug === shopId() || one.id === shopId()) ?? login.shops[0];
    keepShops(login.shops);
    chooseShop(shop?.slug ?? null);
    if (login.user.locale === 'sw' || login.user.locale === 'en') setLang(login.user.locale);
    client.clear();
    await client.fetchQuery(meQuery);
    await navigate({ href: then.startsWith('/') && !then.startsWith('//') ? then : '/' });
  };
}
