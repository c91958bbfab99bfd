import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import { endSession, sessionsQuery } from '../account.api';
import { accountText } from '../account.text';

export function Devices() {
  const t = useText(accountText);
  const query = useQuery(sessionsQuery);
  const end = useChange({ run: endSession, done: t.signedOut, renew: [sessionsQuery.queryKey] });
  return (
    <Section title={t.devices}>
      <Loaded query={query}>
        {(data) => (
          <Stack gap="md">
            {data.items.map((one) => (
              <Group key={one.id} wrap="nowrap">
                <IconDevices size={24} stroke={1.5} />
                <div style={{ flex: 1, minWidth: 0 }}>
                  <Text lineClamp={2}>{one.agent}</Text>
                  <Text size="sm" c="dimmed">
                    {one.address} · <When at={one.used_at} />
                  </Text>
                </div>
                {one.current ? (
                  <Badge variant="light" radius="sm">
                    {t.thisOne}
                  </Badge>
                ) : (
                  <Button
                    size="sm"
                    variant="default"
                    onClick={() => {
                      end.mutate(one.id);
                    }}
                  >
                    {t.signOut}
                  </Button>
                )}
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}
