import { Badge, CloseButton, Group, Select, Tabs } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { rows } from '@/shared/api/list';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { MoreButton } from '@/shared/ui/MoreButton';
import { NoMatch, Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { SearchField } from '@/shared/ui/SearchField';
import { CustomersTable } from './components/CustomersTable';
import { Segments } from './components/Segments';
import { customersQuery, segmentsQuery, type CustomerFilter } from './customers.api';
import { customersText } from './customers.text';

export function CustomersPage() {
  const t = useText(customersText);
  const [{ tab }, change] = useUrlState();
  return (
    <Page title={t.title}>
      <Tabs
        value={tab ?? 'list'}
        onChange={(next) => {
          change({ tab: next === 'list' ? undefined : (next ?? undefined) });
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="list">{t.list}</Tabs.Tab>
          <Tabs.Tab value="segments">{t.segments}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list">
          <Everyone />
        </Tabs.Panel>
        <Tabs.Panel value="segments">
          <Segments
            onShow={(segment) => {
              change({ tab: undefined, segment });
            }}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Everyone() {
  const t = useText(customersText);
  const common = useText(commonText);
  const [{ q, segment, tag, sort }, change] = useUrlState();
  const query = useInfiniteQuery(customersQuery({ q, segment, tag, sort } as CustomerFilter));
  const group = useQuery({ ...segmentsQuery, enabled: Boolean(segment) }).data?.items.find((one) => one.id === segment);
  const clear = () => {
    change({ q: undefined, segment: undefined, tag: undefined });
  };
  return (
    <>
      <Group gap="sm" mb="md">
        <SearchField
          value={q}
          onChange={(next) => {
            change({ q: next });
          }}
          placeholder={t.search}
          flex="1 1 200px"
        />
        <Select
          aria-label={common.sort}
          allowDeselect={false}
          flex="1 1 140px"
          maw={{ sm: 200 }}
          value={sort ?? '-last_order_at'}
          onChange={(next) => {
            change({ sort: next === '-last_order_at' ? undefined : (next ?? undefined) });
          }}
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
      <Loaded
        query={query}
        isEmpty={(data) => rows(data).length === 0}
        empty={
          q || segment || tag ? (
            <NoMatch onClear={clear} />
          ) : (
            <Nothing icon={IconUsers} title={t.none} hint={t.noneHint} />
          )
        }
      >
        {(data) => <CustomersTable customers={rows(data)} />}
      </Loaded>
      <MoreButton query={query} />
    </>
  );
}
