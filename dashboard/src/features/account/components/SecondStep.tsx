import { Anchor, Badge, Button, Card, Group, PinInput, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { meQuery, useMe } from '@/shared/session/session';
import { Secret } from '@/shared/ui/Secret';
import { confirmTotp, startTotp, stopTotp } from '../account.api';
import { accountText } from '../account.text';

export function SecondStep() {
  const t = useText(accountText);
  const isOn = useMe()?.user.totp ?? false;
  const [stopping, setStopping] = useState(false);
  const renew = [meQuery.queryKey];
  const start = useChange({ run: startTotp });
  const finish = useChange({
    run: confirmTotp,
    done: t.on,
    renew,
    onDone: () => {
      start.reset();
    },
  });
  const codes = finish.data?.recovery_codes;
  const stop = useChange({
    run: stopTotp,
    done: t.off,
    renew,
    onDone: () => {
      setStopping(false);
    },
  });
  const code = (onComplete: (code: string) => void) => (
    <PinInput length={6} type="number" oneTimeCode aria-label={t.code} onComplete={onComplete} />
  );
  return (
    <Card>
      <Group justify="space-between">
        <Title order={2} fz="lg">
          {t.second}
        </Title>
        {isOn && (
          <Badge variant="light" radius="sm">
            {t.isOn}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        {t.secondHint}
      </Text>
      {codes ? (
        <Stack>
          <Text>{t.recovery}</Text>
          <Secret value={codes.join('\n')} />
        </Stack>
      ) : start.data && !isOn ? (
        <Stack>
          <Text>{t.scan}</Text>
          <Secret value={start.data.secret} />
          <Anchor href={start.data.uri}>{t.openApp}</Anchor>
          <Text>{t.thenCode}</Text>
          {code((value) => {
            finish.mutate(value);
          })}
        </Stack>
      ) : stopping ? (
        <Stack>
          <Text>{t.thenCode}</Text>
          {code((value) => {
            stop.mutate(value);
          })}
        </Stack>
      ) : (
        <Group>
          {isOn ? (
            <Button
              variant="default"
              onClick={() => {
                setStopping(true);
              }}
            >
              {t.turnOff}
            </Button>
          ) : (
            <Button
              variant="default"
              loading={start.isPending}
              onClick={() => {
                start.mutate();
              }}
            >
              {t.turnOn}
            </Button>
          )}
        </Group>
      )}
    </Card>
  );
}
