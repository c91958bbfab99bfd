import { Badge, Code, Drawer, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { turnQuery } from '../inbox.api';
import { inboxText } from '../inbox.text';

/** What stands behind one answer: what was understood, what was done, from which facts, at which cost. */
export function Why({ turn, onClose }: { turn: string | undefined; onClose: () => void }) {
  const t = useText(inboxText);
  return (
    <Drawer opened={turn !== undefined} onClose={onClose} position="right" size={400} title={t.why}>
      {turn && <Reasons turn={turn} />}
    </Drawer>
  );
}

function Reasons({ turn }: { turn: string }) {
  const t = useText(inboxText);
  const query = useQuery(turnQuery(turn));
  return (
    <Loaded query={query}>
      {(why) => (
        <Stack>
          <Part title={t.understood}>
            <Badge size="lg" variant="light" radius="sm">
              {why.intent.replaceAll('_', ' ')}
            </Badge>
          </Part>
          {why.slots.length > 0 && (
            <Part title={t.heardWords}>
              <Group gap={6}>
                {why.slots.map((slot) => (
                  <Badge key={slot.name + slot.value} variant="default" radius="sm">
                    {slot.name}: {slot.value}
                  </Badge>
                ))}
              </Group>
            </Part>
          )}
          {why.tools.length > 0 && (
            <Part title={t.did}>
              {why.tools.map((tool, n) => (
                <Group key={n} gap={6} wrap="nowrap">
                  {tool.ok ? <IconCheck size={16} /> : <IconX size={16} />}
                  <Code>{tool.name}</Code>
                  <Text size="sm">{tool.text}</Text>
                </Group>
              ))}
            </Part>
          )}
          {why.facts.length > 0 && (
            <Part title={t.from}>
              <List size="sm">
                {why.facts.map((fact) => (
                  <List.Item key={fact}>{fact}</List.Item>
                ))}
              </List>
            </Part>
          )}
          <Part title={t.models}>
            {why.model_calls.length === 0 ? (
              <Text size="sm">{t.noModel}</Text>
            ) : (
              why.model_calls.map((call, n) => (
                <Text key={n} size="sm">
                  {call.model}, {call.task}: {call.millis} ms
                </Text>
              ))
            )}
          </Part>
          <Text size="sm" c="dimmed" className="figures">
            {t.took} {(why.micros / 1000).toFixed(1)} ms · {t.cost} ${(why.cost_micros / 1_000_000).toFixed(4)}
          </Text>
        </Stack>
      )}
    </Loaded>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} fz="sm" mb={6} c="dimmed">
        {title}
      </Title>
      {children}
    </div>
  );
}
