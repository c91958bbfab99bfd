import { ActionIcon, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash, IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { addReply, removeReply, repliesQuery } from '../inbox.api';
import { inboxText } from '../inbox.text';

/** The saved replies of the team. */
export function ReplyBook() {
  const t = useText(inboxText);
  const common = useText(commonText);
  const [opened, { open, close }] = useDisclosure(false);
  const replies = useQuery({ ...repliesQuery, enabled: opened }).data?.items ?? [];
  const form = useForm({ initialValues: { shortcut: '', text: '' } });
  const renew = [repliesQuery.queryKey];
  const add = useChange({
    run: addReply,
    done: t.replySaved,
    renew,
    onDone: () => {
      form.reset();
    },
  });
  const remove = useChange({ run: removeReply, renew });
  return (
    <Can right="handoff:perform">
      <Button variant="default" leftSection={<IconBolt size={18} />} onClick={open}>
        {t.manage}
      </Button>
      <Modal opened={opened} onClose={close} title={t.savedReplies}>
        <Stack>
          {replies.length === 0 && <Text c="dimmed">{t.noReplies}</Text>}
          {replies.map((reply) => (
            <Group key={reply.id} wrap="nowrap" justify="space-between">
              <div style={{ minWidth: 0 }}>
                <Text fw={650}>/{reply.shortcut}</Text>
                <Text size="sm" c="dimmed">
                  {reply.text}
                </Text>
              </div>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={`${common.delete} /${reply.shortcut}`}
                onClick={() => {
                  remove.mutate(reply.id);
                }}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          ))}
          <form
            onSubmit={form.onSubmit((values) => {
              add.mutate({ ...values, shortcut: values.shortcut.replace(/^\//, '') });
            })}
          >
            <Stack gap="sm">
              <TextInput label={t.shortcut} leftSection="/" required {...form.getInputProps('shortcut')} />
              <Textarea label={t.replyText} required autosize minRows={2} {...form.getInputProps('text')} />
              <Button type="submit" loading={add.isPending}>
                {t.saveReply}
              </Button>
            </Stack>
          </form>
        </Stack>
      </Modal>
    </Can>
  );
}
