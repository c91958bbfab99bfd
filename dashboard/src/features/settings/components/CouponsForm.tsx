import { ActionIcon, Button, Card, Group, NumberInput, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { useCoupons } from '../settings.api';
import { settingsText } from '../settings.text';
import { MoneyInput } from './MoneyInput';
import { PartForm } from './PartForm';

export function CouponsForm() {
  const t = useText(settingsText);
  const part = useCoupons();
  return (
    <PartForm part={part}>
      {(form) => (
        <Section title={t.coupons}>
          {form.values.coupons.length === 0 && <Text c="dimmed">{t.noCoupons}</Text>}
          {form.values.coupons.map((coupon, n) => (
            <Card key={n} p="md" bg="var(--duka-soft)">
              <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
                <TextInput
                  label={t.code}
                  {...form.getInputProps(`coupons.${n}.code`)}
                  onChange={(event) => {
                    form.setFieldValue(`coupons.${n}.code`, event.currentTarget.value.toUpperCase());
                  }}
                />
                <Select
                  label={t.couponKind}
                  allowDeselect={false}
                  data={[
                    { value: 'percent', label: t.percent },
                    { value: 'fixed', label: t.fixed },
                  ]}
                  {...form.getInputProps(`coupons.${n}.kind`)}
                />
                {coupon.kind === 'percent' ? (
                  <NumberInput
                    label={t.value}
                    min={1}
                    max={100}
                    suffix=" %"
                    {...form.getInputProps(`coupons.${n}.value`)}
                  />
                ) : (
                  <MoneyInput label={t.value} {...form.getInputProps(`coupons.${n}.value`)} />
                )}
                <MoneyInput label={t.minSubtotal} {...form.getInputProps(`coupons.${n}.min_subtotal`)} />
                <TextInput
                  type="date"
                  label={t.expires}
                  style={{ gridColumn: '1 / -1' }}
                  {...form.getInputProps(`coupons.${n}.expires`)}
                  value={coupon.expires ?? ''}
                />
                <NumberInput
                  label={t.maxUses}
                  min={1}
                  {...form.getInputProps(`coupons.${n}.max_uses`)}
                  value={coupon.max_uses ?? ''}
                />
              </SimpleGrid>
              <Group justify="space-between" mt="xs">
                <Text size="sm" c="dimmed">
                  {t.used(coupon.used ?? 0)}
                </Text>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t.remove} ${coupon.code}`}
                  onClick={() => {
                    form.removeListItem('coupons', n);
                  }}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
            </Card>
          ))}
          <Group>
            <Button
              variant="default"
              leftSection={<IconPlus size={18} />}
              onClick={() => {
                form.insertListItem('coupons', {
                  code: '',
                  kind: 'percent',
                  value: 10,
                  min_subtotal: 0,
                  expires: null,
                  max_uses: null,
                  used: 0,
                });
              }}
            >
              {t.addCoupon}
            </Button>
          </Group>
        </Section>
      )}
    </PartForm>
  );
}
