import { Button, Grid, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import {
  IconCash,
  IconClockDollar,
  IconDeviceMobileMessage,
  IconHandStop,
  IconMessages,
  IconPlus,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { changePercent } from '@/shared/format/money';
import { longDay } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { Can, useFormat, useMe } from '@/shared/session/session';
import { Figure } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { Page } from '@/shared/ui/Page';
import { Activity } from './components/Activity';
import { FinishCard } from './components/FinishCard';
import { LowStock } from './components/LowStock';
import { RevenueCard } from './components/RevenueCard';
import { TopSellers } from './components/TopSellers';
import { overviewQuery, type Overview } from './overview.api';
import { overviewText } from './overview.text';

export function OverviewPage() {
  const t = useText(overviewText);
  const overview = useQuery(overviewQuery);
  const { clock, zone } = useFormat();
  const me = useMe();
  const hour = Number(
    new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(new Date()),
  );
  const name = me?.user.name.split(' ')[0] ?? '';
  const hello =
    hour >= 5 && hour < 12 ? t.morning(name) : hour >= 12 && hour < 16 ? t.afternoon(name) : t.evening(name);
  return (
    <Page
      title={hello}
      subtitle={longDay(new Date().toISOString(), clock)}
      actions={
        <>
          <Button
            component={Link}
            to="/simulator"
            variant="default"
            leftSection={<IconDeviceMobileMessage size={18} />}
          >
            {t.tryShop}
          </Button>
          <Can right="catalog:edit">
            <Button component={Link} to="/products/new" leftSection={<IconPlus size={18} />} visibleFrom="xs">
              {t.addProduct}
            </Button>
          </Can>
        </>
      }
    >
      <FinishCard />
      <Loaded query={overview} skeleton={<OverviewSkeleton />}>
        {(data) => (
          <Stack gap="md">
            <Today overview={data} />
            <Grid gap="md">
              <Grid.Col span={{ base: 12, lg: 8 }}>
                <RevenueCard days={data.revenue_30d} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
                <TopSellers sellers={data.top_sellers} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
                <LowStock items={data.low_stock} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 8 }}>
                <Activity items={data.activity} />
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function Today({ overview }: { overview: Overview }) {
  const t = useText(overviewText);
  const { lang } = useFormat();
  const { today } = overview;
  const day = new Intl.DateTimeFormat(lang === 'sw' ? 'sw' : 'en', { weekday: 'long' }).format(new Date());
  const change = changePercent(today.revenue_same_day_last_week, today.revenue);
  const against =
    change === undefined ? t.noLastWeek(day) : t.lastWeek(`${change >= 0 ? '+' : '−'}${Math.abs(change)} %`, day);
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
      <Figure
        label={t.today}
        icon={IconCash}
        definition={t.definitionToday}
        value={<Money value={today.revenue} />}
        note={
          <>
            {t.orders(today.orders)} · {against}
          </>
        }
      />
      <Link to="/orders" search={{ state: 'pending_payment' }} className="plain">
        <Figure
          label={t.pending}
          icon={IconClockDollar}
          color="yellow"
          value={overview.pending_orders}
          note={t.pendingNote}
        />
      </Link>
      <Link to="/inbox" className="plain">
        <Figure
          label={t.active}
          icon={IconMessages}
          color="blue"
          value={overview.active_conversations}
          note={t.activeNote}
        />
      </Link>
      <Link to="/inbox" search={{ filter: 'waiting' }} className="plain">
        <Figure
          label={t.waiting}
          icon={IconHandStop}
          color={overview.waiting > 0 ? 'red' : 'duka'}
          value={overview.waiting}
          note={overview.waiting > 0 ? t.waitingNote : t.waitingNone}
        />
      </Link>
    </SimpleGrid>
  );
}

function OverviewSkeleton() {
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} height={124} radius="lg" />
        ))}
      </SimpleGrid>
      <Skeleton height={320} radius="lg" />
    </Stack>
  );
}
