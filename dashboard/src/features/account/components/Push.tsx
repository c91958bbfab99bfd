import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { canPush, pushed, startPush, stopPush } from '../account.api';
import { accountText } from '../account.text';

const key = ['push'];

export function Push() {
  const t = useText(accountText);
  const can = canPush();
  const isOn = useQuery({ queryKey: key, queryFn: pushed, enabled: can }).data ?? false;
  const start = useChange({
    run: startPush,
    renew: [key],
    onDone: (given) => {
      notifications.show(given ? { message: t.pushed } : { color: 'red', message: t.pushDenied });
    },
  });
  const stop = useChange({ run: stopPush, done: t.unpushed, renew: [key] });
  return (
    <Section title={t.push} hint={can ? t.pushHint : t.pushNone}>
      {can && (
        <Group>
          {isOn ? (
            <Button
              variant="default"
              leftSection={<IconBellOff size={18} />}
              loading={stop.isPending}
              onClick={() => {
                stop.mutate();
              }}
            >
              {t.pushOff}
            </Button>
          ) : (
            <Button
              leftSection={<IconBell size={18} />}
              loading={start.isPending}
              onClick={() => {
                start.mutate();
              }}
            >
              {t.pushOn}
            </Button>
          )}
        </Group>
      )}
    </Section>
  );
}
