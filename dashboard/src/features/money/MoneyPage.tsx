import { Group, SegmentedControl, Select, SimpleGrid, Skeleton } from '@mantine/core';
import { IconArrowBackUp, IconCash, IconCashOff, IconHourglass } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { rows } from '@/shared/api/list';
import { addDays, dayOf } from '@/shared/format/dates';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Figure } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { MoreButton } from '@/shared/ui/MoreButton';
import { NoMatch, Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { SearchField } from '@/shared/ui/SearchField';
import { stateText } from '@/shared/ui/states.text';
import { PaymentsTable } from './components/PaymentsTable';
import { paymentsQuery, summaryQuery, type PaymentFilter } from './money.api';
import { moneyText } from './money.text';

const STATES = ['succeeded', 'pending', 'requested', 'failed', 'cancelled', 'timed_out'] as const;

export function MoneyPage() {
  const t = useText(moneyText);
  const names = useText(stateText);
  const { zone } = useFormat();
  const [{ q, state, days = '30' }, change] = useUrlState();
  const to = dayOf(new Date(), zone);
  const from = addDays(to, 1 - Number(days));
  const summary = useQuery(summaryQuery(from, to));
  const query = useInfiniteQuery(paymentsQuery({ q, state, from, to } as PaymentFilter));
  return (
    <Page
      title={t.title}
      actions={
        <SegmentedControl
          value={days}
          onChange={(next) => {
            change({ days: next });
          }}
          data={[
            { value: '7', label: t.days7 },
            { value: '30', label: t.days30 },
            { value: '90', label: t.days90 },
          ]}
        />
      }
    >
      <Loaded query={summary} skeleton={<Skeleton h={120} radius="lg" />}>
        {(data) => (
          <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
            <Figure
              icon={IconCash}
              label={t.received}
              definition={t.receivedHint}
              value={<Money value={data.received} />}
              note={t.count(data.count)}
            />
            <Figure
              icon={IconHourglass}
              color="yellow"
              label={t.pending}
              definition={t.pendingHint}
              value={<Money value={data.pending} />}
            />
            <Figure
              icon={IconCashOff}
              color="red"
              label={t.failed}
              definition={t.failedHint}
              value={<Money value={data.failed} />}
            />
            <Figure
              icon={IconArrowBackUp}
              color="orange"
              label={t.refundDue}
              definition={t.refundHint}
              value={<Money value={data.refund_due} />}
            />
          </SimpleGrid>
        )}
      </Loaded>
      <Group gap="sm">
        <SearchField
          value={q}
          onChange={(next) => {
            change({ q: next });
          }}
          placeholder={t.search}
          flex="1 1 200px"
        />
        <Select
          aria-label={t.state}
          placeholder={t.anyState}
          clearable
          flex="1 1 140px"
          maw={{ sm: 220 }}
          value={state ?? null}
          onChange={(next) => {
            change({ state: next ?? undefined });
          }}
          data={STATES.map((one) => ({ value: one, label: names[one] }))}
        />
      </Group>
      <Loaded
        query={query}
        isEmpty={(data) => rows(data).length === 0}
        empty={
          q || state ? (
            <NoMatch
              onClear={() => {
                change({ q: undefined, state: undefined });
              }}
            />
          ) : (
            <Nothing icon={IconCash} title={t.none} hint={t.noneHint} />
          )
        }
      >
        {(data) => <PaymentsTable payments={rows(data)} />}
      </Loaded>
      <MoreButton query={query} />
    </Page>
  );
}
