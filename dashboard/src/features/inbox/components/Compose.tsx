import { ActionIcon, Combobox, Group, Text, Textarea, useCombobox } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { repliesQuery, sendMessage } from '../inbox.api';
import { inboxText } from '../inbox.text';
import classes from '../inbox.module.css';

/** Where staff answer. "/" offers what was saved. */
export function Compose({ id, handedOff }: { id: string; handedOff: boolean }) {
  const t = useText(inboxText);
  const [text, setText] = useState('');
  const combobox = useCombobox();
  const replies = useQuery(repliesQuery).data?.items ?? [];
  const send = useChange({
    run: sendMessage,
    renew: [['conversations']],
    onDone: () => {
      setText('');
    },
  });
  const short = /^\/(\S*)$/.exec(text)?.[1]?.toLowerCase();
  const hits = short === undefined ? [] : replies.filter((reply) => reply.shortcut.toLowerCase().startsWith(short));
  const go = () => {
    if (text.trim() && !send.isPending) send.mutate({ id, text: text.trim() });
  };
  const type = (next: string) => {
    setText(next);
    if (next.startsWith('/')) {
      combobox.openDropdown();
      combobox.selectFirstOption();
    } else combobox.closeDropdown();
  };
  return (
    <div className={classes.compose}>
      {!handedOff && text && (
        <Text size="xs" c="dimmed" mb={6}>
          {t.writeTakes}
        </Text>
      )}
      <Combobox
        store={combobox}
        position="top-start"
        shadow="md"
        onOptionSubmit={(value) => {
          setText(replies.find((reply) => reply.id === value)?.text ?? '');
          combobox.closeDropdown();
        }}
      >
        <Group wrap="nowrap" gap="xs" align="flex-end">
          <Combobox.EventsTarget>
            <Textarea
              flex={1}
              autosize
              maxRows={6}
              radius="lg"
              aria-label={t.write}
              placeholder={t.write}
              value={text}
              onChange={(event) => {
                type(event.currentTarget.value);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || hits.length > 0) return;
                event.preventDefault();
                go();
              }}
            />
          </Combobox.EventsTarget>
          <ActionIcon
            size={42}
            radius="xl"
            aria-label={t.send}
            loading={send.isPending}
            disabled={!text.trim()}
            onClick={go}
          >
            <IconSend size={20} />
          </ActionIcon>
        </Group>
        <Combobox.Dropdown hidden={hits.length === 0}>
          <Combobox.Options>
            {hits.slice(0, 6).map((reply) => (
              <Combobox.Option key={reply.id} value={reply.id}>
                <Text size="sm" fw={650}>
                  /{reply.shortcut}
                </Text>
                <Text size="sm" c="dimmed" lineClamp={1}>
                  {reply.text}
                </Text>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}
