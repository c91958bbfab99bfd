import { Group, PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { Secret } from '@/shared/ui/Secret';
import { StateBadge } from '@/shared/ui/StateBadge';
import { Section } from '@/shared/ui/Section';
import { testChannel, useChannels } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';
import { TestButton } from './TestButton';

const NAMES: Record<string, string> = {
  whatsapp: 'WhatsApp',
  twilio: 'WhatsApp (Twilio)',
  cloud: 'WhatsApp (Meta)',
  meta: 'WhatsApp (Meta)',
  web: 'Web',
};

export function ChannelsForm() {
  const t = useText(settingsText);
  const part = useChannels();
  return (
    <PartForm part={part}>
      {(form) => (
        <>
          {form.values.channels.length === 0 && <Text c="dimmed">{t.noChannels}</Text>}
          {form.values.channels.map((channel, n) => (
            <Section key={channel.kind} title={NAMES[channel.kind] ?? channel.kind}>
              <Group>
                <StateBadge state={channel.status ?? 'off'} />
              </Group>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                <TextInput type="tel" label={t.channelNumber} {...form.getInputProps(`channels.${n}.number`)} />
                <TextInput
                  label={t.account}
                  {...form.getInputProps(`channels.${n}.account`)}
                  value={channel.account ?? ''}
                />
              </SimpleGrid>
              <PasswordInput
                label={t.secret}
                autoComplete="off"
                description={`${channel.has_secret ? t.secretKept : t.secretNone} ${t.secretHint}`}
                {...form.getInputProps(`channels.${n}.secret`)}
                value={channel.secret ?? ''}
              />
              <div>
                <Text size="sm" fw={500} mb={4}>
                  {t.webhook}
                </Text>
                <Secret value={new URL(channel.webhook ?? '', location.origin).href} />
              </div>
              <TestButton run={() => testChannel(channel.kind)} />
            </Section>
          ))}
        </>
      )}
    </PartForm>
  );
}
