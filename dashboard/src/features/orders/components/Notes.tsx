import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import { addNote, orderKeys, type Order } from '../orders.api';
import { ordersText } from '../orders.text';

export function Notes({ order }: { order: Order }) {
  const t = useText(ordersText);
  const [text, setText] = useState('');
  const add = useChange({
    run: addNote,
    done: t.noteSaved,
    renew: [orderKeys.one(order.id)],
    onDone: () => {
      setText('');
    },
  });
  return (
    <Section title={t.notes} hint={t.noteHint}>
      <Stack gap="sm">
        {order.notes.map((note, n) => (
          <div key={n}>
            <Text>{note.text}</Text>
            <Text size="sm" c="dimmed">
              {note.by} · <When at={note.at} />
            </Text>
          </div>
        ))}
        <Can right="orders:edit">
          <Textarea
            aria-label={t.addNote}
            autosize
            minRows={2}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end">
            <Button
              variant="default"
              disabled={!text.trim()}
              loading={add.isPending}
              onClick={() => {
                add.mutate({ id: order.id, text: text.trim() });
              }}
            >
              {t.addNote}
            </Button>
          </Group>
        </Can>
      </Stack>
    </Section>
  );
}
