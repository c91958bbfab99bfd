import { BarChart } from '@mantine/charts';
import { Grid, SimpleGrid, Skeleton } from '@mantine/core';
import { shortDay } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Figure } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { useAcquisition, useCustomers, useMessages, type Span } from '../analytics.api';
import { analyticsText } from '../analytics.text';
import { ChartCard } from './ChartCard';

const percent = (share: number) => `${Math.round(share * 100)} %`;

export function CustomerFigures({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const { lang } = useFormat();
  const customers = useCustomers(span);
  const acquisition = useAcquisition(span);
  const messages = useMessages(span);
  return (
    <Grid gap="md">
      <Grid.Col span={12}>
        <Loaded query={customers} skeleton={<Skeleton h={110} />}>
          {(data) => (
            <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
              <Figure label={t.repeat} definition={data.definition} value={percent(data.repeat_rate)} />
              <Figure label={t.between} value={data.days_between_orders?.toFixed(1) ?? '–'} />
              <Figure label={t.fresh} value={data.new} />
              <Figure label={t.returning} value={data.returning} />
            </SimpleGrid>
          )}
        </Loaded>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <ChartCard title={t.newCustomers} query={acquisition} isEmpty={(data) => data.total === 0}>
          {(data) => (
            <BarChart
              h={240}
              data={data.points.map((point) => ({ at: shortDay(point.at, lang), customers: point.customers }))}
              dataKey="at"
              series={[{ name: 'customers', label: t.newCustomers, color: 'duka.6' }]}
              tickLine="none"
              yAxisProps={{ width: 34, allowDecimals: false }}
              xAxisProps={{ minTickGap: 28 }}
            />
          )}
        </ChartCard>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <ChartCard
          title={t.busiest}
          query={messages}
          isEmpty={(data) => data.busiest.every((hour) => hour.count === 0)}
        >
          {(data) => (
            <BarChart
              h={240}
              data={data.busiest.map((hour) => ({ hour: `${hour.hour}:00`, count: hour.count }))}
              dataKey="hour"
              series={[{ name: 'count', label: t.messages, color: 'yellow.5' }]}
              tickLine="none"
              yAxisProps={{ width: 34, allowDecimals: false }}
              xAxisProps={{ minTickGap: 20 }}
            />
          )}
        </ChartCard>
      </Grid.Col>
    </Grid>
  );
}
