import { AreaChart, BarChart } from '@mantine/charts';
import { Grid, Group, Progress, Stack, Text } from '@mantine/core';
import { changePercent, shortNumber } from '@/shared/format/money';
import { shortDay } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Money } from '@/shared/ui/Money';
import { useFunnel, useOrderFigures, useRevenue, type Span } from '../analytics.api';
import { analyticsText } from '../analytics.text';
import { ChartCard } from './ChartCard';
import { Hints } from './Hints';

export function Sales({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const { lang, money } = useFormat();
  const revenue = useRevenue(span);
  const orders = useOrderFigures(span);
  return (
    <Grid gap="md">
      <Grid.Col span={12}>
        <ChartCard
          title={t.revenue}
          query={revenue}
          isEmpty={(data) => data.points.length === 0}
          aside={(data) => {
            const change = changePercent(data.previous_total, data.total);
            return (
              <div>
                <Text fw={700} className="display" fz="xl" ta={{ sm: 'right' }}>
                  <Money value={data.total} />
                </Text>
                <Text size="sm" c="dimmed">
                  {change === undefined ? t.noBefore : t.against(`${change >= 0 ? '+' : '−'}${Math.abs(change)} %`)}
                </Text>
              </div>
            );
          }}
        >
          {(data) => (
            <AreaChart
              h={280}
              data={data.points.map((point) => ({ at: shortDay(point.at, lang), revenue: point.revenue / 100 }))}
              dataKey="at"
              series={[{ name: 'revenue', label: t.revenue, color: 'duka.6' }]}
              curveType="monotone"
              withDots={data.points.length < 15}
              strokeWidth={2.5}
              tickLine="none"
              valueFormatter={(value) => money(value * 100)}
              yAxisProps={{ width: 44, tickFormatter: shortNumber }}
              xAxisProps={{ minTickGap: 28 }}
            />
          )}
        </ChartCard>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Funnel span={span} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <ChartCard
          title={t.average}
          query={orders}
          isEmpty={(data) => data.count === 0}
          aside={(data) => (
            <div>
              <Text fw={700} className="display" ta={{ sm: 'right' }}>
                <Money value={data.average} />
              </Text>
              <Text size="sm" c="dimmed">
                {t.averageCount(data.count)}, {t.refunds(data.refunds)}
              </Text>
            </div>
          )}
        >
          {(data) => (
            <BarChart
              h={230}
              data={data.points.map((point) => ({ at: shortDay(point.at, lang), average: point.average / 100 }))}
              dataKey="at"
              series={[{ name: 'average', label: t.average, color: 'duka.5' }]}
              tickLine="none"
              valueFormatter={(value) => money(value * 100)}
              yAxisProps={{ width: 44, tickFormatter: shortNumber }}
              xAxisProps={{ minTickGap: 28 }}
            />
          )}
        </ChartCard>
      </Grid.Col>
      <Grid.Col span={12}>
        <Hints span={span} />
      </Grid.Col>
    </Grid>
  );
}

function Funnel({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const names: Record<string, unknown> = t;
  const query = useFunnel(span);
  return (
    <ChartCard title={t.funnel} query={query} isEmpty={(data) => (data.stages[0]?.count ?? 0) === 0}>
      {(data) => (
        <Stack gap="md">
          {data.stages.map((stage, n) => {
            const first = data.stages[0]?.count ?? 1;
            const before = data.stages[n - 1]?.count ?? stage.count;
            const lost = before > 0 ? Math.round((1 - stage.count / before) * 100) : 0;
            const name =
              typeof names[stage.stage] === 'string' ? String(names[stage.stage]) : stage.stage.replaceAll('_', ' ');
            return (
              <div key={stage.stage}>
                <Group justify="space-between" mb={4}>
                  <Text fw={550}>{name}</Text>
                  <Text className="figures">
                    <b>{stage.count}</b>{' '}
                    {lost > 0 && (
                      <Text span size="sm" c="dimmed">
                        · {t.drop(lost)}
                      </Text>
                    )}
                  </Text>
                </Group>
                <Progress
                  value={(stage.count / first) * 100}
                  size="xl"
                  radius="sm"
                  aria-label={`${name}: ${stage.count}`}
                />
              </div>
            );
          })}
        </Stack>
      )}
    </ChartCard>
  );
}
