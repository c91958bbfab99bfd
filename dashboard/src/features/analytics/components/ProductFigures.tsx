import { DonutChart } from '@mantine/charts';
import { Anchor, Center, Grid, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Rows } from '@/shared/ui/Rows';
import { useProducts, type Products, type Span } from '../analytics.api';
import { analyticsText } from '../analytics.text';
import { ChartCard } from './ChartCard';

const pathOf = ({ id }: { id: string }) => `/products/${id}`;
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
        <Rows
          items={(query.data?.items ?? []).map((item) => ({ ...item, id: item.product_id }))}
          to={pathOf}
          card={(item) => (
            <>
              <Group justify="space-between" wrap="nowrap">
                <Text fw={600} className="clamp1">
                  {item.name}
                </Text>
                <Money value={item.revenue} fw={650} />
              </Group>
              <Text size="sm" c="dimmed">
                {t.units}: {item.units} · {t.views}: {item.views} · {t.turnover}: {item.turnover?.toFixed(1) ?? '–'}
              </Text>
            </>
          )}
          columns={[
            {
              head: t.products,
              cell: (item) => (
                <Anchor component={Link} to={pathOf(item)} c="inherit" fw={550}>
                  {item.name}
                </Anchor>
              ),
            },
            { head: t.units, number: true, cell: (item) => item.units },
            { head: t.revenue, number: true, cell: (item) => <Money value={item.revenue} fw={600} /> },
            { head: t.views, number: true, from: 'md', cell: (item) => item.views },
            { head: t.turnover, number: true, from: 'md', cell: (item) => item.turnover?.toFixed(1) ?? '–' },
          ]}
        />
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
