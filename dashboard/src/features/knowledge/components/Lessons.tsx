import { Button, Card, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { approve, lessonsQuery, phrasesQuery, reject, type Lesson } from '../knowledge.api';
import { knowledgeText } from '../knowledge.text';

/** What the assistant would like to learn; nothing is learned before somebody says so. */
export function Lessons() {
  const t = useText(knowledgeText);
  const query = useQuery(lessonsQuery);
  return (
    <Loaded
      query={query}
      isEmpty={(data) => data.items.length === 0}
      empty={<Nothing icon={IconSchool} title={t.noLessons} hint={t.noLessonsHint} />}
    >
      {(data) => (
        <Stack gap="sm">
          {data.items.map((lesson) => (
            <LessonCard key={lesson.id} lesson={lesson} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

function LessonCard({ lesson }: { lesson: Lesson }) {
  const t = useText(knowledgeText);
  const sources: Record<string, unknown> = t;
  const [answer, setAnswer] = useState('');
  const renew = [lessonsQuery.queryKey, phrasesQuery.queryKey];
  const learn = useChange({ run: approve, done: t.learned, renew });
  const drop = useChange({ run: reject, done: t.dismissed, renew });
  const source = sources[`source_${lesson.source}`];
  return (
    <Card>
      <Text fw={600}>{lesson.q}</Text>
      {lesson.a ? (
        <Text>{lesson.a}</Text>
      ) : (
        <Textarea
          label={t.needsAnswer}
          autosize
          minRows={2}
          mt="xs"
          value={answer}
          onChange={(event) => {
            setAnswer(event.currentTarget.value);
          }}
        />
      )}
      <Text size="sm" c="dimmed" mt={4}>
        {[typeof source === 'string' ? source : lesson.source, t.seen(lesson.seen)].filter(Boolean).join(' · ')}
      </Text>
      <Group mt="md" gap="xs">
        <Button
          loading={learn.isPending}
          disabled={!lesson.a && !answer.trim()}
          onClick={() => {
            learn.mutate({ id: lesson.id, ...(answer.trim() ? { answer: answer.trim() } : {}) });
          }}
        >
          {t.approve}
        </Button>
        <Button
          variant="default"
          loading={drop.isPending}
          onClick={() => {
            drop.mutate(lesson.id);
          }}
        >
          {t.reject_}
        </Button>
      </Group>
    </Card>
  );
}
