import { Group } from '@mantine/core';
import { addDays, dayOf } from '@/shared/format/dates';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { UrlDays, UrlSelect } from '@/shared/ui/filters';
import { Page } from '@/shared/ui/Page';
import { UrlTabs } from '@/shared/ui/UrlTabs';
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
  const [{ days = '30', by: asked }] = useUrlState();
  const usual = Number(days) > 30 ? 'week' : 'day';
  const by = isBy(asked) ? asked : usual;
  const to = dayOf(new Date(), zone);
  const span: Span = { from: addDays(to, 1 - Number(days)), to, by };
  return (
    <Page
      title={t.title}
      actions={
        <Group gap="xs">
          <UrlSelect
            name="by"
            aria-label={t.by}
            w={110}
            flex="none"
            otherwise={usual}
            data={[
              { value: 'day', label: t.day },
              { value: 'week', label: t.week },
              { value: 'month', label: t.month },
            ]}
          />
          <UrlDays also={{ by: undefined }} />
        </Group>
      }
    >
      <UrlTabs
        tabs={[
          { key: 'sales', label: t.sales, show: () => <Sales span={span} /> },
          { key: 'products', label: t.products, show: () => <ProductFigures span={span} /> },
          { key: 'customers', label: t.customers, show: () => <CustomerFigures span={span} /> },
          { key: 'service', label: t.service, show: () => <ServiceFigures span={span} /> },
        ]}
      />
    </Page>
  );
}
