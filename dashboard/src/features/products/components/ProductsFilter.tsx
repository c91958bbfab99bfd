import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '@/shared/i18n/text';
import { UrlSearch, UrlSelect } from '@/shared/ui/filters';
import { stateText } from '@/shared/ui/states.text';
import { facetsQuery } from '../products.api';
import { productsText } from '../products.text';

export function ProductsFilter() {
  const t = useText(productsText);
  const names = useText(stateText);
  const facets = useQuery(facetsQuery).data;
  return (
    <Group gap="sm">
      <UrlSearch placeholder={t.search} />
      <UrlSelect
        name="category"
        placeholder={t.anyCategory}
        searchable
        data={(facets?.categories ?? []).map((one) => ({ value: one.name, label: `${one.name} (${one.count})` }))}
      />
      <UrlSelect
        name="stock"
        placeholder={t.anyStock}
        data={(['in', 'low', 'out'] as const).map((value) => ({ value, label: names[value] }))}
      />
      <UrlSelect
        name="sort"
        aria-label={t.bySort}
        otherwise="-created_at"
        visibleFrom="md"
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
