import { ActionIcon, Button, Card, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMessageQuestion, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { phrasesQuery, removePhrase, savePhrase, type Phrase } from '../knowledge.api';
import { knowledgeText } from '../knowledge.text';

export function Phrases() {
  const t = useText(knowledgeText);
  const common = useText(commonText);
  const query = useQuery(phrasesQuery);
  const [edited, setEdited] = useState<Phrase | 'new'>();
  const remove = useChange({ run: removePhrase, done: t.removed, renew: [phrasesQuery.queryKey] });
  const addButton = (
    <Button
      leftSection={<IconPlus size={18} />}
      onClick={() => {
        setEdited('new');
      }}
    >
      {t.addPhrase}
    </Button>
  );
  return (
    <>
      <Loaded
        query={query}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Nothing icon={IconMessageQuestion} title={t.noPhrases} hint={t.noPhrasesHint}>
            {addButton}
          </Nothing>
        }
      >
        {(data) => (
          <Stack gap="xs">
            <Group>{addButton}</Group>
            {data.items.map((phrase) => (
              <Card key={phrase.id} p="md">
                <Group wrap="nowrap" align="flex-start">
                  <div style={{ flex: 1 }}>
                    <Text fw={600}>{phrase.q}</Text>
                    <Text>{phrase.a}</Text>
                    <Text size="sm" c="dimmed" mt={4}>
                      {t.used(phrase.used)}
                    </Text>
                  </div>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${t.edit}: ${phrase.q}`}
                    onClick={() => {
                      setEdited(phrase);
                    }}
                  >
                    <IconPencil size={18} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${common.delete}: ${phrase.q}`}
                    onClick={() => {
                      remove.mutate(phrase.id);
                    }}
                  >
                    <IconTrash size={18} />
                  </ActionIcon>
                </Group>
              </Card>
            ))}
          </Stack>
        )}
      </Loaded>
      {edited && (
        <PhraseForm
          phrase={edited === 'new' ? undefined : edited}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
    </>
  );
}

function PhraseForm({ phrase, onClose }: { phrase: Phrase | undefined; onClose: () => void }) {
  const t = useText(knowledgeText);
  const common = useText(commonText);
  const form = useForm({ initialValues: { q: phrase?.q ?? '', a: phrase?.a ?? '' } });
  const save = useChange({ run: savePhrase, done: t.saved, renew: [phrasesQuery.queryKey], onDone: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      title={phrase ? t.edit : t.addPhrase}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form
        onSubmit={form.onSubmit((values) => {
          save.mutate({ ...(phrase ? { id: phrase.id } : {}), ...values });
        })}
      >
        <Stack gap="sm">
          <TextInput label={t.question} required data-autofocus {...form.getInputProps('q')} />
          <Textarea label={t.answer} required autosize minRows={3} {...form.getInputProps('a')} />
          <Button type="submit" loading={save.isPending}>
            {common.save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
