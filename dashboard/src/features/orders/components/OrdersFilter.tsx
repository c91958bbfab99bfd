import { Button, Collapse, Group, Indicator, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { parseMoney } from '@/shared/format/money';
import type { UrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { SearchField } from '@/shared/ui/SearchField';
import { stateText } from '@/shared/ui/states.text';
import { countsQuery } from '../orders.api';
import { ordersText } from '../orders.text';

interface OrdersFilterProps {
  value: UrlState;
  onChange: (patch: UrlState) => void;
}

const whole = (minor: string | undefined) => (minor ? String(Number(minor) / 100) : '');

export function OrdersFilter({ value, onChange }: OrdersFilterProps) {
  const t = useText(ordersText);
  const common = useText(commonText);
  const names: Record<string, string> = useText(stateText);
  const counts = useQuery(countsQuery).data?.counts ?? [];
  const extra = [value.from, value.to, value.min, value.max].some(Boolean);
  const [opened, { toggle }] = useDisclosure(extra);
  const amount = (name: 'min' | 'max') => (text: string) => {
    onChange({ [name]: parseMoney(text)?.toString() });
  };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <SearchField
          value={value.q}
          onChange={(q) => {
            onChange({ q });
          }}
          placeholder={t.search}
          flex="1 1 180px"
        />
        <Select
          aria-label={t.state}
          placeholder={t.any}
          clearable
          flex="1 1 150px"
          maw={{ sm: 230 }}
          value={value.state ?? null}
          onChange={(state) => {
            onChange({ state: state ?? undefined });
          }}
          data={counts
            .filter((one) => one.count > 0 || one.state === value.state)
            .map((one) => ({ value: one.state, label: `${names[one.state] ?? one.state} (${one.count})` }))}
        />
        <Indicator disabled={!extra} color="duka.6">
          <Button
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size={18} />}
            onClick={toggle}
            aria-expanded={opened}
          >
            {t.filters}
          </Button>
        </Indicator>
      </Group>
      <Collapse expanded={opened}>
        <SimpleGrid cols={{ base: 2, md: 5 }} spacing="sm">
          <TextInput
            type="date"
            label={common.from}
            value={value.from ?? ''}
            onChange={(event) => {
              onChange({ from: event.currentTarget.value });
            }}
          />
          <TextInput
            type="date"
            label={common.to}
            value={value.to ?? ''}
            onChange={(event) => {
              onChange({ to: event.currentTarget.value });
            }}
          />
          <TextInput
            inputMode="numeric"
            label={t.minAmount}
            defaultValue={whole(value.min)}
            onBlur={(event) => {
              amount('min')(event.currentTarget.value);
            }}
          />
          <TextInput
            inputMode="numeric"
            label={t.maxAmount}
            defaultValue={whole(value.max)}
            onBlur={(event) => {
              amount('max')(event.currentTarget.value);
            }}
          />
          <Select
            label={common.sort}
            value={value.sort ?? '-placed_at'}
            allowDeselect={false}
            onChange={(sort) => {
              onChange({ sort: sort === '-placed_at' ? undefined : (sort ?? undefined) });
            }}
            data={[
              { value: '-placed_at', label: t.newest },
              { value: 'placed_at', label: t.oldest },
              { value: '-total', label: t.largest },
            ]}
          />
        </SimpleGrid>
      </Collapse>
    </Stack>
  );
}
