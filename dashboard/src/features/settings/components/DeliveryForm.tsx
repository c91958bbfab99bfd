import {
  ActionIcon,
  Button,
  Divider,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useDelivery } from '../settings.api';
import { settingsText } from '../settings.text';
import { MoneyInput } from './MoneyInput';
import { PartForm } from './PartForm';

export function DeliveryForm() {
  const t = useText(settingsText);
  const part = useDelivery();
  return (
    <PartForm part={part}>
      {(form) => (
        <>
          <Section title={t.zones} hint={t.zonesHint}>
            {form.values.zones.map((_zone, n) => (
              <Stack key={n} gap="xs">
                {n > 0 && <Divider />}
                <Group gap="sm" align="flex-end">
                  <TextInput label={t.zoneName} flex="2 1 130px" {...form.getInputProps(`zones.${n}.name`)} />
                  <MoneyInput label={t.fee} flex="1 1 90px" {...form.getInputProps(`zones.${n}.fee`)} />
                  <TextInput
                    label={t.eta}
                    flex="1 1 110px"
                    {...form.getInputProps(`zones.${n}.eta`)}
                    value={form.values.zones[n]?.eta ?? ''}
                  />
                  <ActionIcon
                    size={36}
                    variant="subtle"
                    color="gray"
                    aria-label={t.remove}
                    onClick={() => {
                      form.removeListItem('zones', n);
                    }}
                  >
                    <IconTrash size={18} />
                  </ActionIcon>
                </Group>
                <TagsInput
                  aria-label={t.areas}
                  placeholder={t.areasHint}
                  splitChars={[',']}
                  {...form.getInputProps(`zones.${n}.areas`)}
                />
              </Stack>
            ))}
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={18} />}
                onClick={() => {
                  form.insertListItem('zones', { name: '', fee: 0, areas: [], eta: null });
                }}
              >
                {t.addZone}
              </Button>
            </Group>
          </Section>
          <Section title={t.delivery}>
            <Switch label={t.pickup} {...form.getInputProps('pickup', { type: 'checkbox' })} />
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <NumberInput label={t.reservation} min={5} {...form.getInputProps('reservation_minutes')} />
              <NumberInput label={t.deposit} min={0} max={100} suffix=" %" {...form.getInputProps('deposit_percent')} />
            </SimpleGrid>
          </Section>
        </>
      )}
    </PartForm>
  );
}
