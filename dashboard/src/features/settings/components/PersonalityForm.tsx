import { Button, Group, Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { preview, usePersonality, type Personality } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';

export function PersonalityForm() {
  const t = useText(settingsText);
  const part = usePersonality();
  return (
    <PartForm part={part}>
      {(form) => (
        <>
          <Section title={t.personality}>
            <TextInput label={t.assistantName} {...form.getInputProps('name')} />
            <Input.Wrapper label={t.tone} labelElement="div">
              <SegmentedControl
                fullWidth
                data={[
                  { value: 'warm', label: t.warm },
                  { value: 'playful', label: t.playful },
                  { value: 'formal', label: t.formal },
                ]}
                {...form.getInputProps('tone')}
              />
            </Input.Wrapper>
            <Input.Wrapper label={t.emoji} labelElement="div">
              <SegmentedControl
                fullWidth
                data={[
                  { value: 'none', label: t.emojiNone },
                  { value: 'some', label: t.emojiSome },
                  { value: 'many', label: t.emojiMany },
                ]}
                {...form.getInputProps('emoji')}
              />
            </Input.Wrapper>
            <Input.Wrapper label={t.goal} labelElement="div">
              <SegmentedControl
                fullWidth
                data={[
                  { value: 'help', label: t.goalHelp },
                  { value: 'balanced', label: t.goalBalanced },
                ]}
                {...form.getInputProps('sales_goal')}
              />
            </Input.Wrapper>
          </Section>
          <Preview settings={form.values as Personality} />
        </>
      )}
    </PartForm>
  );
}

/** A customer's words answered with what is on the page. */
function Preview({ settings }: { settings: Personality }) {
  const t = useText(settingsText);
  const [message, setMessage] = useState<string>(t.previewAsk);
  const ask = useChange({ run: preview });
  return (
    <Section title={t.preview} hint={t.previewHint}>
      <Group gap="sm" align="flex-end">
        <TextInput
          flex="1 1 200px"
          label={t.customerSays}
          value={message}
          onChange={(event) => {
            setMessage(event.currentTarget.value);
          }}
        />
        <Button
          variant="default"
          loading={ask.isPending}
          onClick={() => {
            ask.mutate({ settings, message });
          }}
        >
          {t.ask}
        </Button>
      </Group>
      {ask.data && (
        <Stack
          mt="md"
          p="md"
          bg="var(--duka-mine)"
          style={{ borderRadius: 'var(--mantine-radius-lg)' }}
          aria-live="polite"
        >
          <Text style={{ whiteSpace: 'pre-wrap' }}>{ask.data.reply}</Text>
        </Stack>
      )}
    </Section>
  );
}
