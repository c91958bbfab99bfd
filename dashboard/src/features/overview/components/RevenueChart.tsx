import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { shortDay } from '@/shared/format/dates';
import { shortNumber } from '@/shared/format/money';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import type { Overview } from '../overview.api';
import { overviewText } from '../overview.text';

export function RevenueChart({ days }: { days: Overview['revenue_30d'] }) {
  const t = useText(overviewText);
  const { lang, money } = useFormat();
  const data = days.map((day) => ({ day: shortDay(day.day, lang), revenue: day.revenue / 100 }));
  return (
    <AreaChart
      h={260}
      data={data}
      dataKey="day"
      series={[{ name: 'revenue', label: t.revenue, color: 'duka.6' }]}
      curveType="monotone"
      withDots={false}
      strokeWidth={2.5}
      gridAxis="x"
      tickLine="none"
      valueFormatter={(value) => money(value * 100)}
      yAxisProps={{ width: 44, tickFormatter: shortNumber }}
      xAxisProps={{ minTickGap: 28 }}
    />
  );
}
