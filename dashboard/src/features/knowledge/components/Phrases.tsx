import { ActionIcon, Badge, Card, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconChevronDown, IconChevronUp, IconMessageQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useReorder } from '@/shared/hooks/useReorder';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { FormModal } from '@/shared/ui/FormModal';
import { ItemActions } from '@/shared/ui/ItemActions';
import { Items } from '@/shared/ui/Items';
import { orderPhrases, phrasesQuery, removePhrase, savePhrase, type Phrase } from '../knowledge.api';
import { knowledgeText } from '../knowledge.text';

export function Phrases() {
  const t = useText(knowledgeText);
  const query = useQuery(phrasesQuery);
  const [edited, setEdited] = useState<Phrase | 'new'>();
  const remove = useChange({ run: removePhrase, done: t.removed, renew: [phrasesQuery.queryKey] });
  const phrases = query.data?.items ?? [];
  const order = useChange({ run: orderPhrases, renew: [phrasesQuery.queryKey] });
  const { move, handle } = useReorder(
    phrases.map((phrase) => phrase.id),
    order.mutate,
  );
  return (
    <>
      <Items
        query={query}
        add={{
          label: t.addPhrase,
          right: 'knowledge:manage',
          onClick: () => {
            setEdited('new');
          },
        }}
        empty={{ icon: IconMessageQuestion, title: t.noPhrases, hint: t.noPhrasesHint }}
      >
        {(phrase, n) => (
          <Card key={phrase.id} p="md" {...handle(n)}>
            <Group wrap="nowrap" align="flex-start">
              <Stack gap={0}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t.up}: ${phrase.q}`}
                  disabled={n === 0}
                  onClick={() => {
                    move(n, n - 1);
                  }}
                >
                  <IconChevronUp size={18} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t.down}: ${phrase.q}`}
                  disabled={n === phrases.length - 1}
                  onClick={() => {
                    move(n, n + 1);
                  }}
                >
                  <IconChevronDown size={18} />
                </ActionIcon>
              </Stack>
              <div style={{ flex: 1 }}>
                <Text fw={600}>{phrase.q}</Text>
                <Text>{phrase.a}</Text>
                {!phrase.active && (
                  <Badge variant="light" color="gray" radius="sm" mt={4}>
                    {t.unused}
                  </Badge>
                )}
              </div>
              <ItemActions
                name={phrase.q}
                onEdit={() => {
                  setEdited(phrase);
                }}
                onDelete={() => {
                  remove.mutate(phrase.id);
                }}
              />
            </Group>
          </Card>
        )}
      </Items>
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
    <FormModal
      title={phrase ? t.edit : t.addPhrase}
      onClose={onClose}
      form={form}
      change={save}
      input={(values) => ({ ...(phrase ? { id: phrase.id } : {}), ...values })}
      submit={common.save}
    >
      <TextInput label={t.question} required data-autofocus {...form.getInputProps('q')} />
      <Textarea label={t.answer} required autosize minRows={3} {...form.getInputProps('a')} />
    </FormModal>
  );
}
