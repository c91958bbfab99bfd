import { Button, Collapse, Group, Indicator, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { parseMoney } from '@/shared/format/money';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { UrlDates, UrlSearch, UrlSelect } from '@/shared/ui/filters';
import { stateText } from '@/shared/ui/states.text';
import { countsQuery } from '../orders.api';
import { ordersText } from '../orders.text';

const whole = (minor: string | undefined) => (minor ? String(Number(minor) / 100) : '');

export function OrdersFilter() {
  const t = useText(ordersText);
  const common = useText(commonText);
  const names: Record<string, string> = useText(stateText);
  const [value, change] = useUrlState();
  const counts = useQuery(countsQuery).data?.counts ?? [];
  const extra = [value.from, value.to, value.min, value.max].some(Boolean);
  const [opened, { toggle }] = useDisclosure(extra);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <UrlSearch placeholder={t.search} />
        <UrlSelect
          name="state"
          placeholder={t.any}
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
          <UrlDates />
          {(['min', 'max'] as const).map((name) => (
            <TextInput
              key={`${name}${value[name] ?? ''}`}
              inputMode="numeric"
              label={name === 'min' ? t.minAmount : t.maxAmount}
              defaultValue={whole(value[name])}
              onBlur={(event) => {
                change({ [name]: parseMoney(event.currentTarget.value)?.toString() });
              }}
            />
          ))}
          <UrlSelect
            name="sort"
            label={common.sort}
            otherwise="-placed_at"
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
