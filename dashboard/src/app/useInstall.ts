import { useSyncExternalStore } from 'react';

interface InstallEvent extends Event {
  prompt: () => Promise<unknown>;
}

// The browser offers it once, maybe before anything is drawn; it is kept until it is used.
let offered: InstallEvent | undefined;
const listeners = new Set<() => void>();
const set = (event: InstallEvent | undefined) => {
  offered = event;
  listeners.forEach((tell) => {
    tell();
  });
};
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  set(event as InstallEvent);
});
addEventListener('appinstalled', () => {
  set(undefined);
});

/** Puts the dashboard among the apps of the device; undefined if the browser cannot or has done so. */
export function useInstall(): (() => void) | undefined {
  const event = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => offered,
  );
  if (!event) return undefined;
  return () => {
    set(undefined);
    void event.prompt();
  };
}
