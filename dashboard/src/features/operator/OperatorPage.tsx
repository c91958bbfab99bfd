import { Badge, Button, Card, Group, Menu, Modal, SimpleGrid, Skeleton, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { rows } from '@/shared/api/list';
import { useChange } from '@/shared/hooks/useChange';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Figure } from '@/shared/ui/Figure';
import { Loaded } from '@/shared/ui/Loaded';
import { MoreButton } from '@/shared/ui/MoreButton';
import { Page } from '@/shared/ui/Page';
import { SearchField } from '@/shared/ui/SearchField';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import { addTenant, changeTenant, healthQuery, openContent, tenantsQuery, usageQuery, type Tenant } from './operator.api';
import { operatorText } from './operator.text';

const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(2)}`;

export function OperatorPage() {
  const t = useText(operatorText);
  const usage = useQuery(usageQuery);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Page title={t.title} subtitle={t.hint} actions={<Button leftSection={<IconPlus size={18} />} onClick={open}>{t.newShop}</Button>}>
      <Loaded query={usage} skeleton={<Skeleton h={110} />}>
        {(data) => (
          <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
            <Figure label={t.shops} value={data.tenants} />
            <Figure label={t.messages} value={data.messages.toLocaleString('en')} note={t.days30} />
            <Figure label={t.orders} value={data.orders.toLocaleString('en')} note={t.days30} />
            <Figure label={t.cost} value={dollars(data.cost_micros)} note={t.days30} />
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
        {(data) => (
          <Stack gap="sm">
            <Group justify="space-between">
              <Title order={2} fz="lg">{t.health}</Title>
              <Text size="sm" c="dimmed">{t.version} {data.version} · {t.running(Math.round(data.uptime_seconds / 3600))}</Text>
            </Group>
            <Group gap="lg">
              {data.checks.map((check) => <Group key={check.name} gap={8}><Badge variant="light" color={check.ok ? 'duka' : 'red'} radius="sm">{check.name}</Badge><Text size="sm">{check.detail}</Text></Group>)}
            </Group>
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}

function Tenants() {
  const t = useText(operatorText);
  const [{ q }, change] = useUrlState();
  const query = useInfiniteQuery(tenantsQuery(q));
  const [asked, setAsked] = useState<Tenant>();
  const set = useChange({ run: changeTenant, done: t.changed, renew: [['operator']] });
  return (
    <>
      <SearchField value={q} onChange={(next) => { change({ q: next }); }} placeholder={t.search} maw={380} />
      <Loaded query={query}>
        {(data) => (
          <Card p={0}>
            <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table>
                <Table.Thead><Table.Tr><Table.Th>{t.shop}</Table.Th><Table.Th>{t.status}</Table.Th><Table.Th>{t.since}</Table.Th><Table.Th ta="right">{t.orders}</Table.Th><Table.Th ta="right">{t.messages}</Table.Th><Table.Th ta="right">{t.cost}</Table.Th><Table.Th w={50} aria-label={t.access} /></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {rows(data).map((tenant) => (
                    <Table.Tr key={tenant.id}>
                      <Table.Td><Text fw={600}>{tenant.name}</Text><Text size="sm" c="dimmed">{tenant.slug}</Text></Table.Td>
                      <Table.Td><StateBadge state={tenant.status} /></Table.Td>
                      <Table.Td c="dimmed"><When at={tenant.created_at} /></Table.Td>
                      <Table.Td ta="right" className="figures">{tenant.orders_30d}</Table.Td>
                      <Table.Td ta="right" className="figures">{tenant.messages_30d}</Table.Td>
                      <Table.Td ta="right" className="figures">{dollars(tenant.cost_micros_30d)}</Table.Td>
                      <Table.Td>
                        <Menu position="bottom-end" shadow="md">
                          <Menu.Target><Button size="compact-md" variant="subtle" color="gray" px={6} aria-label={tenant.name}><IconDots size={20} /></Button></Menu.Target>
                          <Menu.Dropdown>
                            <Menu.Item onClick={() => { set.mutate({ id: tenant.id, status: tenant.status === 'active' ? 'paused' : 'active' }); }}>{tenant.status === 'active' ? t.pause : t.resume}</Menu.Item>
                            <Menu.Item onClick={() => { setAsked(tenant); }}>{t.access}</Menu.Item>
                          </Menu.Dropdown>
                        </Menu>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </Card>
        )}
      </Loaded>
      <MoreButton query={query} />
      {asked && <Access tenant={asked} onClose={() => { setAsked(undefined); }} />}
    </>
  );
}

function Access({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useText(operatorText);
  const common = useText(commonText);
  const [reason, setReason] = useState('');
  const open = useChange({ run: openContent, done: t.granted, onDone: onClose });
  return (
    <Modal opened onClose={onClose} title={`${t.accessTitle}: ${tenant.name}`} closeButtonProps={{ 'aria-label': common.close }}>
      <Stack>
        <Text size="sm">{t.accessText}</Text>
        <Textarea label={t.reason} required autosize minRows={2} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />
        <Button color="red" disabled={reason.trim().length < 10} loading={open.isPending} onClick={() => { open.mutate({ id: tenant.id, reason: reason.trim() }); }}>{t.access}</Button>
      </Stack>
    </Modal>
  );
}

function NewTenant({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(operatorText);
  const common = useText(commonText);
  const form = useForm({ initialValues: { name: '', slug: '', owner_email: '' } });
  const add = useChange({ run: addTenant, done: t.created, renew: [['operator']], onDone: () => { form.reset(); onClose(); } });
  return (
    <Modal opened={opened} onClose={onClose} title={t.newShop} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={form.onSubmit((values) => { add.mutate(values); })}>
        <Stack gap="sm">
          <TextInput label={t.name} required {...form.getInputProps('name')} />
          <TextInput label={t.slug} required {...form.getInputProps('slug')} />
          <TextInput type="email" label={t.owner} required {...form.getInputProps('owner_email')} />
          <Button type="submit" loading={add.isPending}>{common.save}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
