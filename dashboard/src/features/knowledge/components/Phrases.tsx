import { Card, Group, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { FormModal } from '@/shared/ui/FormModal';
import { ItemActions } from '@/shared/ui/ItemActions';
import { Items } from '@/shared/ui/Items';
import { phrasesQuery, removePhrase, savePhrase, type Phrase } from '../knowledge.api';
import { knowledgeText } from '../knowledge.text';

export function Phrases() {
  const t = useText(knowledgeText);
  const query = useQuery(phrasesQuery);
  const [edited, setEdited] = useState<Phrase | 'new'>();
  const remove = useChange({ run: removePhrase, done: t.removed, renew: [phrasesQuery.queryKey] });
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
        {(phrase) => (
          <Card key={phrase.id} p="md">
            <Group wrap="nowrap" align="flex-start">
              <div style={{ flex: 1 }}>
                <Text fw={600}>{phrase.q}</Text>
                <Text>{phrase.a}</Text>
                <Text size="sm" c="dimmed" mt={4}>
                  {t.used(phrase.used)}
                </Text>
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
