import { Button, SegmentedControl } from '@mantine/core';
import { IconDeviceMobileMessage, IconDownload, IconReceipt } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { saveAs } from '@/shared/ui/files';
import { Listed } from '@/shared/ui/Listed';
import { Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { OrdersBoard } from './components/OrdersBoard';
import { OrdersFilter } from './components/OrdersFilter';
import { OrdersTable } from './components/OrdersTable';
import { exportOrders, ordersQuery, type OrderFilter } from './orders.api';
import { ordersText } from './orders.text';

const FILTERS = ['state', 'from', 'to', 'min', 'max', 'q', 'customer'] as const;
const NO_FILTER = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

export function OrdersPage() {
  const t = useText(ordersText);
  const common = useText(commonText);
  const [{ view, ...search }, change] = useUrlState();
  const filter = Object.fromEntries([...FILTERS, 'sort'].map((name) => [name, search[name]])) as OrderFilter;
  const filtered = FILTERS.some((name) => search[name]);
  const board = view === 'board';
  const orders = useInfiniteQuery({ ...ordersQuery(filter), enabled: !board });
  const download = useChange({
    run: () => exportOrders(filter),
    onDone: (blob: Blob) => {
      saveAs(blob, 'orders.csv');
    },
  });
  return (
    <Page
      title={t.title}
      actions={
        <>
          <SegmentedControl
            value={view ?? 'table'}
            onChange={(next) => {
              change({ view: next === 'table' ? undefined : next });
            }}
            data={[
              { value: 'table', label: t.table },
              { value: 'board', label: t.board },
            ]}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={18} />}
            loading={download.isPending}
            onClick={() => {
              download.mutate();
            }}
          >
            {common.export}
          </Button>
        </>
      }
    >
      {board ? (
        <OrdersBoard />
      ) : (
        <>
          <OrdersFilter />
          <Listed
            query={orders}
            filtered={filtered}
            onClear={() => {
              change(NO_FILTER);
            }}
            empty={
              <Nothing icon={IconReceipt} title={t.noOrders} hint={t.noOrdersHint}>
                <Button component={Link} to="/simulator" leftSection={<IconDeviceMobileMessage size={18} />}>
                  {t.tryShop}
                </Button>
              </Nothing>
            }
          >
            {(items) => <OrdersTable orders={items} />}
          </Listed>
        </>
      )}
    </Page>
  );
}
