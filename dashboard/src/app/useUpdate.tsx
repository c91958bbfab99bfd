import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { registerSW } from 'virtual:pwa-register';
import { useText } from '@/shared/i18n/text';
import { shellText } from './shell.text';

/** Installs what makes the dashboard an app, and offers a new version when there is one. */
export function useUpdate(): void {
  const t = useText(shellText);
  useEffect(() => {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    const update = registerSW({
      onNeedRefresh: () => {
        notifications.show({
          id: 'update',
          title: t.updated,
          message: (
            <Button size="xs" mt={6} onClick={() => void update(true)}>
              {t.reload}
            </Button>
          ),
          autoClose: false,
        });
      },
    });
  }, [t]);
}
