// Who is signed in is in cookies that scripts cannot read; only the chosen shop is kept here.
const SHOP = 'duka.shop';
const SHOPS = 'duka.shops';
const ENDED = 'duka:session-ended';

export function shopId(): string | null {
  return localStorage.getItem(SHOP);
}

/** The address of a picture or a sound of the shop. A browser asks for it without headers, so the shop is in the address. */
export function mediaUrl(url: string): string {
  const shop = shopId();
  return shop && url.startsWith('/v1/')
    ? `${url}${url.includes('?') ? '&' : '?'}tenant=${encodeURIComponent(shop)}`
    : url;
}

export function chooseShop(id: string | null): void {
  if (id === null) localStorage.removeItem(SHOP);
  else localStorage.setItem(SHOP, id);
}

export interface ShopRef {
  id: string;
  slug: string;
  name: string;
}

/** The shops this person is in, as the last sign-in or renewal told. */
export function keepShops(shops: ShopRef[]): void {
  localStorage.setItem(SHOPS, JSON.stringify(shops.map(({ id, slug, name }) => ({ id, slug, name }))));
}

export function keptShops(): ShopRef[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(SHOPS) ?? '[]');
    return Array.isArray(kept) ? (kept as ShopRef[]) : [];
  } catch {
    return [];
  }
}

/** Nothing of the person stays on the device. */
export function forget(): void {
  localStorage.removeItem(SHOP);
  localStorage.removeItem(SHOPS);
}

/** The readable half of the protection against forged requests. */
export function csrfToken(): string | undefined {
  return /(?:^|;\s*)duka_csrf=([^;]+)/.exec(document.cookie)?.[1];
}

let renewing: Promise<boolean> | undefined;

/** Renews the session once for all that ask at the same time; false if it is over. */
export function renew(): Promise<boolean> {
  renewing ??= fetch('/v1/auth/refresh', {
    method: 'POST',
    headers: { 'X-Duka-Client': 'browser', 'X-CSRF-Token': csrfToken() ?? '' },
  })
    .then(async (response) => {
      if (response.ok) keepShops(((await response.json()) as { shops: ShopRef[] }).shops);
      return response.ok;
    })
    .catch(() => false)
    .then((renewed) => {
      if (!renewed) dispatchEvent(new Event(ENDED));
      return renewed;
    })
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

export function onSessionEnd(act: () => void): () => void {
  addEventListener(ENDED, act);
  return () => {
    removeEventListener(ENDED, act);
  };
}
