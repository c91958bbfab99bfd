import { Input, PasswordInput, Progress, SegmentedControl, SimpleGrid, Text, TextInput } from '@mantine/core';
import { formatMoney } from '@/shared/format/money';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useModels } from '../settings.api';
import { settingsText } from '../settings.text';
import { MoneyInput } from './MoneyInput';
import { PartForm } from './PartForm';

// Providers are paid in dollars, wherever the shop is.
const dollars = (cents: number) => formatMoney(cents, 'USD');

export function ModelsForm() {
  const t = useText(settingsText);
  const part = useModels();
  return (
    <PartForm part={part}>
      {(form) => {
        const { spent = 0, monthly_budget: budget, has_key: kept } = form.values;
        return (
          <Section title={t.models} hint={t.modelHint}>
            <Input.Wrapper label={t.mode} labelElement="div">
              <SegmentedControl
                fullWidth
                orientation="vertical"
                data={[
                  { value: 'off', label: t.modeOff },
                  { value: 'hard', label: t.modeHard },
                  { value: 'all', label: t.modeAll },
                ]}
                {...form.getInputProps('mode')}
              />
            </Input.Wrapper>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t.provider} {...form.getInputProps('provider')} />
              <TextInput label={t.model} {...form.getInputProps('model')} />
            </SimpleGrid>
            <PasswordInput
              label={t.key}
              autoComplete="off"
              description={`${kept ? t.secretKept : t.secretNone} ${t.secretHint}`}
              {...form.getInputProps('key')}
              value={form.values.key ?? ''}
            />
            <MoneyInput
              currency="USD"
              label={t.budget}
              description={t.budgetHint}
              {...form.getInputProps('monthly_budget')}
            />
            <div>
              <Text size="sm" c="dimmed" mb={4}>
                {t.spent(dollars(spent), budget > 0 ? dollars(budget) : t.noBudget)}
              </Text>
              <Progress value={budget > 0 ? (spent / budget) * 100 : 0} aria-label={t.budget} />
            </div>
          </Section>
        );
      }}
    </PartForm>
  );
}
