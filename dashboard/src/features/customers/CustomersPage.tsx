import { Badge, CloseButton, Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { UrlSearch, UrlSelect } from '@/shared/ui/filters';
import { Listed } from '@/shared/ui/Listed';
import { Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { UrlTabs } from '@/shared/ui/UrlTabs';
import { CustomersTable } from './components/CustomersTable';
import { Segments } from './components/Segments';
import { customersQuery, segmentsQuery, type CustomerFilter } from './customers.api';
import { customersText } from './customers.text';

export function CustomersPage() {
  const t = useText(customersText);
  return (
    <Page title={t.title}>
      <UrlTabs
        tabs={[
          { key: 'list', label: t.list, show: () => <Everyone /> },
          { key: 'segments', label: t.segments, show: () => <Segments /> },
        ]}
      />
    </Page>
  );
}

function Everyone() {
  const t = useText(customersText);
  const common = useText(commonText);
  const [{ q, segment, tag, sort }, change] = useUrlState();
  const query = useInfiniteQuery(customersQuery({ q, segment, tag, sort } as CustomerFilter));
  const group = useQuery({ ...segmentsQuery, enabled: Boolean(segment) }).data?.items.find((one) => one.id === segment);
  return (
    <>
      <Group gap="sm" mb="md">
        <UrlSearch placeholder={t.search} />
        <UrlSelect
          name="sort"
          aria-label={common.sort}
          otherwise="-last_order_at"
          data={[
            { value: '-last_order_at', label: t.byLast },
            { value: '-lifetime_value', label: t.bySpent },
            { value: '-first_seen_at', label: t.byNew },
          ]}
        />
        {group && (
          <Badge
            size="xl"
            variant="light"
            radius="sm"
            rightSection={
              <CloseButton
                size="sm"
                aria-label={t.everyone}
                onClick={() => {
                  change({ segment: undefined });
                }}
              />
            }
          >
            {t.inSegment(group.name)}
          </Badge>
        )}
      </Group>
      <Listed
        query={query}
        filtered={Boolean(q ?? segment ?? tag)}
        onClear={() => {
          change({ q: undefined, segment: undefined, tag: undefined });
        }}
        empty={<Nothing icon={IconUsers} title={t.none} hint={t.noneHint} />}
      >
        {(items) => <CustomersTable customers={items} />}
      </Listed>
    </>
  );
}
