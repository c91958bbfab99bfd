import { DonutChart } from '@mantine/charts';
import { Anchor, Card, Center, Grid, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { useProducts, type Products, type Span } from '../analytics.api';
import { analyticsText } from '../analytics.text';
import { ChartCard } from './ChartCard';

const COLOURS = ['duka.7', 'yellow.5', 'blue.6', 'orange.5', 'grape.5', 'duka.4'];

export function ProductFigures({ span }: { span: Span }) {
  const t = useText(analyticsText);
  const query = useProducts(span);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <ChartCard title={t.breakdown} query={query} isEmpty={(data) => data.total === 0}>
          {(data) => <Pie products={data} />}
        </ChartCard>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Card p={0}>
          <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t.products}</Table.Th>
                  <Table.Th ta="right">{t.units}</Table.Th>
                  <Table.Th ta="right">{t.revenue}</Table.Th>
                  <Table.Th ta="right">{t.views}</Table.Th>
                  <Table.Th ta="right">{t.turnover}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {query.data?.items.map((item) => (
                  <Table.Tr key={item.product_id}>
                    <Table.Td>
                      <Anchor component={Link} to={`/products/${item.product_id}`} c="inherit" fw={550}>
                        {item.name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td ta="right" className="figures">
                      {item.units}
                    </Table.Td>
                    <Table.Td ta="right" fw={600}>
                      <Money value={item.revenue} />
                    </Table.Td>
                    <Table.Td ta="right" className="figures">
                      {item.views}
                    </Table.Td>
                    <Table.Td ta="right" className="figures">
                      {item.turnover?.toFixed(1) ?? '–'}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      </Grid.Col>
    </Grid>
  );
}

function Pie({ products }: { products: Products }) {
  const t = useText(analyticsText);
  const top = products.items
    .slice(0, COLOURS.length)
    .map((item, n) => ({ name: item.name, value: item.units, color: COLOURS[n] ?? 'gray.5' }));
  const rest = products.total - top.reduce((sum, one) => sum + one.value, 0);
  const data = rest > 0 ? [...top, { name: t.others, value: rest, color: 'gray.5' }] : top;
  return (
    <Stack>
      <Center>
        <DonutChart
          data={data}
          size={190}
          thickness={30}
          paddingAngle={1}
          chartLabel={products.total}
          tooltipDataSource="segment"
        />
      </Center>
      <Stack gap={6}>
        {data.map((one) => (
          <Group key={one.name} justify="space-between" wrap="nowrap" gap="xs">
            <Group gap={8} wrap="nowrap" miw={0}>
              <span
                style={{
                  width: 11,
                  height: 11,
                  borderRadius: 3,
                  flex: 'none',
                  background: `var(--mantine-color-${one.color.replace('.', '-')})`,
                }}
              />
              <Text size="sm" className="clamp1">
                {one.name}
              </Text>
            </Group>
            <Text size="sm" className="figures" fw={600}>
              {Math.round((one.value / products.total) * 100)} %
            </Text>
          </Group>
        ))}
      </Stack>
    </Stack>
  );
}
