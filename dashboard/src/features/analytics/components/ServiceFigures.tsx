import { LineChart } from '@mantine/charts';
import { Grid, Group, Progress, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { shortDay } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Figure } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { Rows } from '@/shared/ui/Rows';
import { useAssistant, useMessages, useSatisfaction, useServices, type Span } from '../analytics.api';
import { analyticsText } from '../analytics.text';
import { ChartCard } from './ChartCard';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const seconds = (millis: number) => (millis < 1_000 ? `${millis} ms` : `${(millis / 1_000).toFixed(1)} s`);

export function ServiceFigures({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const { lang } = useFormat();
  const assistant = useAssistant(span);
  const messages = useMessages(span);
  const satisfaction = useSatisfaction(span);
  return (
    <Grid gap="md">
      <Grid.Col span={12}>
        <Loaded query={assistant} skeleton={<Skeleton h={110} />}>
          {(data) => (
            <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
              <Figure
                label={t.understood}
                definition={data.definition}
                value={percent(data.understood)}
                note={t.turns(data.turns)}
              />
              <Figure label={t.completed} value={percent(data.completed)} />
              <Figure label={t.handedOver} value={percent(data.handed_over)} />
              <Figure label={t.salesShare} value={percent(data.sales_share)} />
              <Figure label={t.saved} value={t.hours(Math.round(data.minutes_saved / 60))} />
            </SimpleGrid>
          )}
        </Loaded>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <ChartCard
          title={t.messages}
          query={messages}
          isEmpty={(data) => data.points.length === 0}
          aside={(data) => (
            <Text size="sm" c="dimmed" ta={{ sm: 'right' }}>
              {t.fast}: <b>{seconds(data.p50_millis)}</b>
              <br />
              {t.slow}: <b>{seconds(data.p95_millis)}</b>
            </Text>
          )}
        >
          {(data) => (
            <LineChart
              h={250}
              data={data.points.map((point) => ({
                at: shortDay(point.at, lang),
                incoming: point.incoming,
                outgoing: point.outgoing,
              }))}
              dataKey="at"
              series={[
                { name: 'incoming', label: t.incoming, color: 'blue.6' },
                { name: 'outgoing', label: t.outgoing, color: 'duka.6' },
              ]}
              withDots={false}
              curveType="monotone"
              withLegend
              tickLine="none"
              yAxisProps={{ width: 34 }}
              xAxisProps={{ minTickGap: 28 }}
            />
          )}
        </ChartCard>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <ChartCard
          title={t.satisfaction}
          query={satisfaction}
          isEmpty={(data) => data.ratings === 0}
          aside={(data) => (
            <Text fw={700} fz="xl" className="display">
              {data.score == null ? '–' : percent(data.score)}
            </Text>
          )}
        >
          {(data) => (
            <Stack gap="sm">
              <Text size="sm" c="dimmed">
                {t.ratings(data.ratings)}
              </Text>
              {(
                [
                  [t.positive, data.positive, 'duka'],
                  [t.neutral, data.neutral, 'yellow'],
                  [t.negative, data.negative, 'red'],
                ] as const
              ).map(([name, count, color]) => (
                <div key={name}>
                  <Group justify="space-between" mb={4}>
                    <Text>{name}</Text>
                    <Text className="figures" fw={600}>
                      {count}
                    </Text>
                  </Group>
                  <Progress
                    value={(count / data.ratings) * 100}
                    color={color}
                    size="lg"
                    aria-label={`${name}: ${count}`}
                  />
                </div>
              ))}
            </Stack>
          )}
        </ChartCard>
      </Grid.Col>
      <Grid.Col span={12}>
        <Booked span={span} />
      </Grid.Col>
    </Grid>
  );
}

function Booked({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const { data } = useServices(span);
  if (!data || data.items.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} fz="lg">
        {t.services}
      </Title>
      <Rows
        items={data.items.map((item) => ({ ...item, id: item.name }))}
        card={(item) => (
          <>
            <Group justify="space-between" wrap="nowrap">
              <Text fw={600}>{item.name}</Text>
              <Money value={item.revenue} fw={650} />
            </Group>
            <Text size="sm" c="dimmed">
              {t.booked}: {item.booked} · {t.cancelled}: {item.cancelled} · {t.used}: {percent(item.utilisation)}
            </Text>
          </>
        )}
        columns={[
          { head: t.service, cell: (item) => item.name },
          { head: t.booked, number: true, cell: (item) => item.booked },
          { head: t.cancelled, number: true, cell: (item) => item.cancelled },
          { head: t.used, number: true, cell: (item) => percent(item.utilisation) },
          { head: t.revenue, number: true, cell: (item) => <Money value={item.revenue} /> },
        ]}
      />
    </Stack>
  );
}
