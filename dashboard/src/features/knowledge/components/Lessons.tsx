import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { approve, lessonsQuery, phrasesQuery, reject } from '../knowledge.api';
import { knowledgeText } from '../knowledge.text';

/** What the assistant would like to learn; nothing is learned before somebody says so. */
export function Lessons() {
  const t = useText(knowledgeText);
  const query = useQuery(lessonsQuery);
  const renew = [lessonsQuery.queryKey, phrasesQuery.queryKey];
  const learn = useChange({ run: approve, done: t.learned, renew });
  const drop = useChange({ run: reject, done: t.dismissed, renew });
  return (
    <Loaded
      query={query}
      isEmpty={(data) => data.items.length === 0}
      empty={<Nothing icon={IconSchool} title={t.noLessons} hint={t.noLessonsHint} />}
    >
      {(data) => (
        <Stack gap="sm">
          {data.items.map((lesson) => (
            <Card key={lesson.id}>
              <Text fw={600}>{lesson.q}</Text>
              <Text>{lesson.a}</Text>
              <Text size="sm" c="dimmed" mt={4}>
                {[lesson.source, t.seen(lesson.seen)].filter(Boolean).join(' · ')}
              </Text>
              <Group mt="md" gap="xs">
                <Button
                  loading={learn.isPending && learn.variables === lesson.id}
                  onClick={() => {
                    learn.mutate(lesson.id);
                  }}
                >
                  {t.approve}
                </Button>
                <Button
                  variant="default"
                  loading={drop.isPending && drop.variables === lesson.id}
                  onClick={() => {
                    drop.mutate(lesson.id);
                  }}
                >
                  {t.reject_}
                </Button>
              </Group>
            </Card>
          ))}
        </Stack>
      )}
    </Loaded>
  );
}
