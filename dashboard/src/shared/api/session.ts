// Who is signed in is in cookies that scripts cannot read; only the chosen shop is kept here.
const SHOP = 'duka.shop';
const ENDED = 'duka:session-ended';

export function shopId(): string | null {
  return localStorage.getItem(SHOP);
}

export function chooseShop(id: string | null): void {
  if (id === null) localStorage.removeItem(SHOP);
  else localStorage.setItem(SHOP, id);
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
    .then((response) => response.ok)
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
