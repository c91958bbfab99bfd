import { ActionIcon, Button, Group, NumberInput, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { usePolicies } from '../settings.api';
import { settingsText } from '../settings.text';
import { PartForm } from './PartForm';

export function PoliciesForm() {
  const t = useText(settingsText);
  const part = usePolicies();
  return (
    <PartForm part={part}>
      {(form) => (
        <>
          <Section title={t.returnsTitle}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <NumberInput label={t.returnDays} min={0} {...form.getInputProps('return_days')} />
              <TextInput label={t.returnCondition} {...form.getInputProps('return_condition')} />
              <NumberInput label={t.exchangeDays} min={0} {...form.getInputProps('exchange_days')} />
              <TextInput label={t.exchangeCondition} {...form.getInputProps('exchange_condition')} />
            </SimpleGrid>
            <TextInput label={t.refund} {...form.getInputProps('refund')} />
            <Switch label={t.customerPays} {...form.getInputProps('customer_pays_delivery', { type: 'checkbox' })} />
          </Section>
          <Section title={t.pricesTitle}>
            <Switch label={t.bargaining} {...form.getInputProps('bargaining', { type: 'checkbox' })} />
            <Switch label={t.cod} {...form.getInputProps('cash_on_delivery', { type: 'checkbox' })} />
            <NumberInput label={t.wholesale} min={0} maw={240} {...form.getInputProps('wholesale_min_pieces')} />
            {form.values.wholesale_tiers.map((_tier, n) => (
              <Group key={n} gap="sm" align="flex-end" wrap="nowrap">
                <NumberInput
                  label={n === 0 ? t.tierMin : undefined}
                  aria-label={t.tierMin}
                  min={1}
                  w={140}
                  {...form.getInputProps(`wholesale_tiers.${n}.min`)}
                />
                <NumberInput
                  label={n === 0 ? t.tierPercent : undefined}
                  aria-label={t.tierPercent}
                  min={1}
                  max={90}
                  suffix=" %"
                  w={140}
                  {...form.getInputProps(`wholesale_tiers.${n}.percent`)}
                />
                <ActionIcon
                  size={36}
                  variant="subtle"
                  color="gray"
                  aria-label={t.remove}
                  onClick={() => {
                    form.removeListItem('wholesale_tiers', n);
                  }}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
            ))}
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={18} />}
                onClick={() => {
                  form.insertListItem('wholesale_tiers', { min: 10, percent: 10 });
                }}
              >
                {t.addTier}
              </Button>
            </Group>
          </Section>
        </>
      )}
    </PartForm>
  );
}
