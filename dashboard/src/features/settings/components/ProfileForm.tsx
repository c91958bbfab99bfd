import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { LANGUAGES } from '@/shared/i18n/languages';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useProfile } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';

export function ProfileForm() {
  const t = useText(settingsText);
  const part = useProfile();
  return (
    <PartForm part={part}>
      {(form) => (
        <Section title={t.profile}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t.shopName} required {...form.getInputProps('name')} />
            <TextInput label={t.kind} {...form.getInputProps('kind')} />
            <TextInput type="tel" label={t.whatsapp} {...form.getInputProps('whatsapp_number')} />
            <TextInput
              type="tel"
              label={t.ownerPhone}
              description={t.ownerPhoneHint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps('owner_phone')}
            />
            <Select
              label={t.currency}
              allowDeselect={false}
              data={['KES', 'UGX', 'TZS', 'RWF', 'USD']}
              {...form.getInputProps('currency')}
            />
            <Select
              label={t.timezone}
              allowDeselect={false}
              searchable
              data={['Africa/Nairobi', 'Africa/Kampala', 'Africa/Dar_es_Salaam', 'Africa/Kigali']}
              {...form.getInputProps('timezone')}
            />
            <Select
              label={t.language}
              description={t.languageHint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              allowDeselect={false}
              data={LANGUAGES}
              {...form.getInputProps('language')}
            />
          </SimpleGrid>
          <Textarea
            label={t.location}
            description={t.locationHint}
            autosize
            minRows={2}
            {...form.getInputProps('location')}
          />
        </Section>
      )}
    </PartForm>
  );
}
