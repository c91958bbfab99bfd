import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import {
  IconBox,
  IconDots,
  IconDownload,
  IconFileImport,
  IconLayoutGrid,
  IconList,
  IconPlus,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { saveAs } from '@/shared/ui/files';
import { Listed } from '@/shared/ui/Listed';
import { Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { ProductsFilter } from './components/ProductsFilter';
import { ProductsGrid } from './components/ProductsGrid';
import { ProductsTable } from './components/ProductsTable';
import { exportProducts, productsQuery, type ProductFilter } from './products.api';
import { productsText } from './products.text';

const FILTERS = ['q', 'category', 'stock', 'active'] as const;

export function ProductsPage() {
  const t = useText(productsText);
  const common = useText(commonText);
  const [search, change] = useUrlState();
  const [kept, keep] = useLocalStorage({
    key: 'duka.products-view',
    defaultValue: 'table',
    getInitialValueInEffect: false,
  });
  const view = search.view ?? kept;
  const filter = Object.fromEntries([...FILTERS, 'sort'].map((name) => [name, search[name]])) as ProductFilter;
  const products = useInfiniteQuery(productsQuery(filter));
  const download = useChange({
    run: () => exportProducts(filter),
    onDone: (blob: Blob) => {
      saveAs(blob, 'products.csv');
    },
  });
  const addButton = (
    <Can right="catalog:edit">
      <Button component={Link} to="/products/new" leftSection={<IconPlus size={18} />}>
        {t.add}
      </Button>
    </Can>
  );
  return (
    <Page
      title={t.title}
      actions={
        <>
          <SegmentedControl
            value={view}
            onChange={(next) => {
              keep(next);
              change({ view: undefined });
            }}
            data={[
              { value: 'table', label: <IconList size={20} aria-label={t.list} /> },
              { value: 'grid', label: <IconLayoutGrid size={20} aria-label={t.grid} /> },
            ]}
          />
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon size={36} variant="default" aria-label={t.actions}>
                <IconDots size={20} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Can right="catalog:edit">
                <Menu.Item component={Link} to="/products/import" leftSection={<IconFileImport size={18} />}>
                  {t.import}
                </Menu.Item>
              </Can>
              <Menu.Item
                leftSection={<IconDownload size={18} />}
                onClick={() => {
                  download.mutate();
                }}
              >
                {common.export}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {addButton}
        </>
      }
    >
      <ProductsFilter />
      <Listed
        query={products}
        filtered={FILTERS.some((name) => search[name])}
        onClear={() => {
          change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
        }}
        empty={
          <Nothing icon={IconBox} title={t.none} hint={t.noneHint}>
            {addButton}
            <Button component={Link} to="/products/import" variant="default" leftSection={<IconFileImport size={18} />}>
              {t.import}
            </Button>
          </Nothing>
        }
      >
        {(items) => (view === 'grid' ? <ProductsGrid products={items} /> : <ProductsTable products={items} />)}
      </Listed>
    </Page>
  );
}
