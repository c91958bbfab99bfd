import { Group, SimpleGrid, Skeleton } from '@mantine/core';
import { IconArrowBackUp, IconCash, IconCashOff, IconHourglass } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { addDays, dayOf } from '@/shared/format/dates';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Figure } from '@/shared/ui/Figure';
import { UrlDays, UrlSearch, UrlSelect } from '@/shared/ui/filters';
import { Listed } from '@/shared/ui/Listed';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
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
    <Page title={t.title} actions={<UrlDays />}>
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
        <UrlSearch placeholder={t.search} />
        <UrlSelect
          name="state"
          placeholder={t.anyState}
          data={STATES.map((one) => ({ value: one, label: names[one] }))}
        />
      </Group>
      <Listed
        query={query}
        filtered={Boolean(q ?? state)}
        onClear={() => {
          change({ q: undefined, state: undefined });
        }}
        empty={<Nothing icon={IconCash} title={t.none} hint={t.noneHint} />}
      >
        {(items) => <PaymentsTable payments={items} />}
      </Listed>
    </Page>
  );
}
