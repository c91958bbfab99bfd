import createClient from 'openapi-fetch';
import type { paths } from './schema';
import { Problem, problemOf } from './problem';
import { csrfToken, renew, shopId } from './session';

/** Adds what every request carries, and tries once more with a renewed session. */
async function sent(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await reach(request);
  if (response.status !== 401 || request.url.includes('/v1/auth/login') || !(await renew())) return response;
  return reach(again);
}

async function reach(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('X-Duka-Client', 'browser');
  const shop = shopId();
  if (shop && !headers.has('X-TENANT-ID')) headers.set('X-TENANT-ID', shop);
  const token = csrfToken();
  if (token && request.method !== 'GET') headers.set('X-CSRF-Token', token);
  try {
    return await fetch(new Request(request, { headers }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'offline');
  }
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: sent,
  querySerializer: (query) =>
    new URLSearchParams(
      Object.entries(query)
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([key, value]) => [key, String(value)]),
    ).toString(),
});

/** What was answered; a refusal is thrown as a `Problem`. */
export async function ok<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

/** How a form with files is sent. */
export const asForm = {
  bodySerializer: (fields: object): FormData => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields) as [string, string | Blob | Blob[]][]) {
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
    }
    return body;
  },
} as const;

/** `If-Match` of a version that was read. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
/** A key under which the same request is done once, however often it is sent. */
export const onceOnly = () => ({ 'Idempotency-Key': crypto.randomUUID() });

/** How a file that the server makes is asked for: an export, a receipt. */
export const asFile = { parseAs: 'blob' } as const;
