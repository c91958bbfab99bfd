import { Group, SegmentedControl, Select, Tabs } from '@mantine/core';
import { addDays, dayOf } from '@/shared/format/dates';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Page } from '@/shared/ui/Page';
import type { Span } from './analytics.api';
import { analyticsText } from './analytics.text';
import { CustomerFigures } from './components/CustomerFigures';
import { ProductFigures } from './components/ProductFigures';
import { Sales } from './components/Sales';
import { ServiceFigures } from './components/ServiceFigures';
import '@mantine/charts/styles.css';

const isBy = (by: string | undefined): by is 'day' | 'week' | 'month' =>
  by === 'day' || by === 'week' || by === 'month';

export function AnalyticsPage() {
  const t = useText(analyticsText);
  const { zone } = useFormat();
  const [{ tab = 'sales', days = '30', by: asked }, change] = useUrlState();
  const by = isBy(asked) ? asked : Number(days) > 90 ? 'month' : Number(days) > 30 ? 'week' : 'day';
  const to = dayOf(new Date(), zone);
  const span: Span = { from: addDays(to, 1 - Number(days)), to, by };
  return (
    <Page
      title={t.title}
      actions={
        <Group gap="xs">
          <Select
            aria-label={t.by}
            w={110}
            allowDeselect={false}
            value={by}
            onChange={(next) => {
              change({ by: next ?? undefined });
            }}
            data={[
              { value: 'day', label: t.day },
              { value: 'week', label: t.week },
              { value: 'month', label: t.month },
            ]}
          />
          <SegmentedControl
            value={days}
            onChange={(next) => {
              change({ days: next, by: undefined });
            }}
            data={[
              { value: '7', label: t.days7 },
              { value: '30', label: t.days30 },
              { value: '90', label: t.days90 },
            ]}
          />
        </Group>
      }
    >
      <Tabs
        value={tab}
        onChange={(next) => {
          change({ tab: next === 'sales' ? undefined : (next ?? undefined) });
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="sales">{t.sales}</Tabs.Tab>
          <Tabs.Tab value="products">{t.products}</Tabs.Tab>
          <Tabs.Tab value="customers">{t.customers}</Tabs.Tab>
          <Tabs.Tab value="service">{t.service}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="sales">
          <Sales span={span} />
        </Tabs.Panel>
        <Tabs.Panel value="products">
          <ProductFigures span={span} />
        </Tabs.Panel>
        <Tabs.Panel value="customers">
          <CustomerFigures span={span} />
        </Tabs.Panel>
        <Tabs.Panel value="service">
          <ServiceFigures span={span} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
