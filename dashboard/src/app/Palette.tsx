import '@mantine/spotlight/styles.css';
import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBox, IconReceipt, IconSearch, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, ok } from '@/shared/api/client';
import { formatPhone, personName } from '@/shared/format/phone';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { useCan, useFormat } from '@/shared/session/session';
import { ACCOUNT } from './nav';
import { useWays } from './Sidebar';
import { shellText } from './shell.text';

const found = <T,>(on: boolean, call: () => Promise<{ items: T[] }>) =>
  on ? call().then((page) => page.items) : Promise.resolve([]);

/** Opens each time it is asked for. */
export function Palette({ asked }: { asked: number }) {
  const t = useText(shellText);
  const common = useText(commonText);
  const { money } = useFormat();
  const can = useCan();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 180);
  const { data } = useQuery({
    queryKey: ['palette', q],
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const params = { query: { q, limit: 5 } };
      const [orders, products, customers] = await Promise.all([
        found(can('orders:view'), () => ok(api.GET('/v1/orders', { params, signal }))),
        found(can('catalog:view'), () => ok(api.GET('/v1/products', { params, signal }))),
        found(can('customers:view'), () => ok(api.GET('/v1/customers', { params, signal }))),
      ]);
      return { orders, products, customers };
    },
  });
  useEffect(() => {
    spotlight.open();
  }, [asked]);
  const go = (to: string) => () => void navigate({ to });
  const matches = (label: string) => label.toLowerCase().includes(typed.trim().toLowerCase());
  const hits = q.length > 1 ? data : undefined;
  const actions: SpotlightActionGroupData[] = [
    {
      group: t.pages,
      actions: [...useWays(), ACCOUNT]
        .filter((way) => matches(t[way.key]))
        .map((way) => ({ id: way.to, label: t[way.key], leftSection: <way.icon size={20} />, onClick: go(way.to) })),
    },
    {
      group: t.orders,
      actions: (hits?.orders ?? []).map((order) => ({
        id: order.id,
        label: order.number,
        description: `${personName(order.customer)} · ${money(order.total)}`,
        leftSection: <IconReceipt size={20} />,
        onClick: go(`/orders/${order.id}`),
      })),
    },
    {
      group: t.products,
      actions: (hits?.products ?? []).map((product) => ({
        id: product.id,
        label: product.name,
        description: `${product.sku} · ${money(product.price)}`,
        leftSection: <IconBox size={20} />,
        onClick: go(`/products/${product.id}`),
      })),
    },
    {
      group: t.customers,
      actions: (hits?.customers ?? []).map((customer) => ({
        id: customer.id,
        label: personName(customer),
        description: formatPhone(customer.phone),
        leftSection: <IconUser size={20} />,
        onClick: go(`/customers/${customer.id}`),
      })),
    },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      actions={actions}
      filter={(_query, all) => all}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      scrollable
      maxHeight={420}
      nothingFound={common.nothingFound}
      searchProps={{ leftSection: <IconSearch size={20} />, placeholder: t.paletteHint, 'aria-label': t.palette }}
    />
  );
}
