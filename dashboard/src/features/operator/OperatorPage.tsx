import { Badge, Button, Card, Group, SimpleGrid, Skeleton, Text, Title, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { Figure } from '@/shared/ui/Figure';
import { UrlSearch } from '@/shared/ui/filters';
import { Loaded } from '@/shared/ui/Loaded';
import { Page } from '@/shared/ui/Page';
import { Rows } from '@/shared/ui/Rows';
import { When } from '@/shared/ui/When';
import { ContentAccess } from './components/ContentAccess';
import { NewTenant } from './components/NewTenant';
import { healthQuery, tenantsQuery, usageQuery, type Usage } from './operator.api';
import { operatorText } from './operator.text';

const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(2)}`;
const sum = (items: Usage[], of: (one: Usage) => number) => items.reduce((total, one) => total + of(one), 0);

export function OperatorPage() {
  const t = useText(operatorText);
  const usage = useQuery(usageQuery);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Page
      title={t.title}
      subtitle={t.hint}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={open}>
          {t.newShop}
        </Button>
      }
    >
      <Loaded query={usage} skeleton={<Skeleton h={110} />}>
        {({ items }) => (
          <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
            <Figure label={t.shops} value={items.length} />
            <Figure label={t.orders} value={sum(items, (one) => one.orders).toLocaleString('en')} />
            <Figure label={t.calls} value={sum(items, (one) => one.model_calls).toLocaleString('en')} />
            <Figure label={t.cost} value={dollars(sum(items, (one) => one.model_cost_micro_usd))} />
          </SimpleGrid>
        )}
      </Loaded>
      <Health />
      <Tenants />
      <NewTenant opened={opened} onClose={close} />
    </Page>
  );
}

function Health() {
  const t = useText(operatorText);
  const query = useQuery(healthQuery);
  return (
    <Card>
      <Loaded query={query} skeleton={<Skeleton h={60} />}>
        {(data) => {
          const checks: [string, boolean, string | number][] = [
            [t.database, data.database, data.database ? t.fine : t.wrong],
            [t.unsent, data.unsent_messages === 0, data.unsent_messages],
            [t.unchecked, data.unchecked_payments === 0, data.unchecked_payments],
            [t.parked, data.parked_jobs === 0, data.parked_jobs],
          ];
          return (
            <>
              <Group justify="space-between" mb="sm">
                <Title order={2} fz="lg">
                  {t.health}
                </Title>
                <Text size="sm" c="dimmed">
                  {t.version} {data.version}
                </Text>
              </Group>
              <Group gap="lg">
                {checks.map(([name, well, value]) => (
                  <Group key={name} gap={8}>
                    <Text size="sm">{name}</Text>
                    <Badge variant="light" color={well ? 'duka' : 'red'} radius="sm">
                      {value}
                    </Badge>
                  </Group>
                ))}
              </Group>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Tenants() {
  const t = useText(operatorText);
  const [{ q = '' }] = useUrlState();
  const query = useQuery(usageQuery);
  const since = new Map(useQuery(tenantsQuery).data?.items.map((one) => [one.id, one.created_at]));
  const [asked, setAsked] = useState<Usage>();
  const nameOf = (one: Usage) => (
    <div>
      <Text fw={600}>{one.name}</Text>
      <Text size="sm" c="dimmed">
        {one.slug}
      </Text>
    </div>
  );
  const access = (one: Usage) => (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => {
        setAsked(one);
      }}
    >
      {t.access}
    </Button>
  );
  const found = (one: Usage) => `${one.name} ${one.slug}`.toLowerCase().includes(q.toLowerCase());
  return (
    <>
      <UrlSearch placeholder={t.search} maw={380} />
      <Loaded query={query}>
        {({ items }) => (
          <Rows
            items={items.filter(found)}
            card={(one) => (
              <>
                <Group justify="space-between" wrap="nowrap" align="flex-start">
                  {nameOf(one)}
                  {access(one)}
                </Group>
                <Text size="sm" c="dimmed" mt={4}>
                  {t.team}: {one.members} · {t.orders}: {one.orders} · {t.cost}: {dollars(one.model_cost_micro_usd)}
                </Text>
              </>
            )}
            columns={[
              { head: t.shop, cell: nameOf },
              { head: t.since, cell: (one) => since.has(one.id) && <When at={since.get(one.id) ?? ''} /> },
              { head: t.team, number: true, cell: (one) => one.members },
              { head: t.orders, number: true, cell: (one) => one.orders },
              { head: t.calls, number: true, cell: (one) => one.model_calls },
              { head: t.cost, number: true, cell: (one) => dollars(one.model_cost_micro_usd) },
              { head: <VisuallyHidden>{t.access}</VisuallyHidden>, number: true, cell: access },
            ]}
          />
        )}
      </Loaded>
      {asked && (
        <ContentAccess
          shop={asked}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}
