// Imported by the service worker: a push from the shop becomes a notification that opens the right page.
self.addEventListener('push', (event) => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    told = { title: event.data ? event.data.text() : 'Duka' };
  }
  event.waitUntil(
    self.registration.showNotification(told.title || 'Duka', {
      body: told.body || '',
      icon: '/icon-192.png',
      badge: '/icon-192.png',
      tag: told.tag,
      data: { link: typeof told.link === 'string' && told.link.startsWith('/') ? told.link : '/' },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const link = event.notification.data.link;
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((open) => {
      const mine = open[0];
      return mine ? mine.focus().then(() => mine.navigate(link)) : self.clients.openWindow(link);
    }),
  );
});
