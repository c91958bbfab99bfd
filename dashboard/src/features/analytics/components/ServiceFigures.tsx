import { LineChart } from '@mantine/charts';
import { Card, Grid, Group, Progress, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { shortDay } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Figure } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
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
            <Text size="sm" c="dimmed" ta="right">
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
    <Card p={0}>
      <Title order={2} fz="lg" p="lg" pb="xs">
        {t.services}
      </Title>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.service}</Table.Th>
              <Table.Th ta="right">{t.booked}</Table.Th>
              <Table.Th ta="right">{t.cancelled}</Table.Th>
              <Table.Th ta="right">{t.used}</Table.Th>
              <Table.Th ta="right">{t.revenue}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((item) => (
              <Table.Tr key={item.name}>
                <Table.Td>{item.name}</Table.Td>
                <Table.Td ta="right" className="figures">
                  {item.booked}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {item.cancelled}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {percent(item.utilisation)}
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={item.revenue} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
