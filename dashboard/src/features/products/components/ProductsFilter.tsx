import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { SearchField } from '@/shared/ui/SearchField';
import { stateText } from '@/shared/ui/states.text';
import { facetsQuery } from '../products.api';
import { productsText } from '../products.text';

export function ProductsFilter({ value, onChange }: { value: UrlState; onChange: (patch: UrlState) => void }) {
  const t = useText(productsText);
  const names = useText(stateText);
  const facets = useQuery(facetsQuery).data;
  return (
    <Group gap="sm">
      <SearchField
        value={value.q}
        onChange={(q) => {
          onChange({ q });
        }}
        placeholder={t.search}
        flex="1 1 200px"
      />
      <Select
        aria-label={t.category}
        placeholder={t.anyCategory}
        clearable
        searchable
        flex="1 1 130px"
        maw={{ sm: 200 }}
        value={value.category ?? null}
        onChange={(category) => {
          onChange({ category: category ?? undefined });
        }}
        data={(facets?.categories ?? []).map((one) => ({ value: one.name, label: `${one.name} (${one.count})` }))}
      />
      <Select
        aria-label={t.stock}
        placeholder={t.anyStock}
        clearable
        flex="1 1 130px"
        maw={{ sm: 180 }}
        value={value.stock ?? null}
        onChange={(stock) => {
          onChange({ stock: stock ?? undefined });
        }}
        data={[
          { value: 'in', label: names.in },
          { value: 'low', label: names.low },
          { value: 'out', label: names.out },
        ]}
      />
      <Select
        aria-label={t.bySort}
        allowDeselect={false}
        visibleFrom="md"
        w={180}
        value={value.sort ?? '-created_at'}
        onChange={(sort) => {
          onChange({ sort: sort === '-created_at' ? undefined : (sort ?? undefined) });
        }}
        data={[
          { value: '-created_at', label: t.newest },
          { value: 'name', label: t.nameUp },
          { value: 'price', label: t.priceUp },
          { value: '-price', label: t.priceDown },
        ]}
      />
    </Group>
  );
}
