import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import type { In } from '@/shared/api/types';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => ok(api.GET('/v1/auth/sessions', { signal })),
});
export const endSession = (id: string) =>
  ok(api.DELETE('/v1/auth/sessions/{session}', { params: { path: { session: id } } }));
export const changeMe = (body: In<'/v1/me', 'patch'>) => ok(api.PATCH('/v1/me', { body }));
export const changePassword = (body: In<'/v1/auth/password'>) => ok(api.POST('/v1/auth/password', { body }));
export const startTotp = () => ok(api.POST('/v1/auth/totp'));
export const confirmTotp = (code: string) => ok(api.POST('/v1/auth/totp/confirm', { body: { code } }));
export const stopTotp = (code: string) => ok(api.DELETE('/v1/auth/totp', { body: { code } }));

const worker = () => navigator.serviceWorker.getRegistration();

export const canPush = () => 'serviceWorker' in navigator && 'PushManager' in window;
export const pushed = async () => Boolean(await (await worker())?.pushManager.getSubscription());

/** Asks the browser, and tells the shop where to send; false if the person said no. */
export async function startPush(): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const { key } = await ok(api.GET('/v1/push/key'));
  const subscription = await (
    await worker()
  )?.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  if (!endpoint || !keys?.p256dh || !keys.auth) return false;
  await ok(api.POST('/v1/push/subscriptions', { body: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } } }));
  return true;
}

export async function stopPush(): Promise<void> {
  const subscription = await (await worker())?.pushManager.getSubscription();
  if (!subscription) return;
  await ok(api.DELETE('/v1/push/subscriptions', { body: { endpoint: subscription.endpoint } }));
  await subscription.unsubscribe();
}
