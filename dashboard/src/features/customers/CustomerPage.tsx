import { Box, Button, Card, Grid, Group, List, Menu, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDots, IconDownload, IconMessages, IconUserX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { date } from '@/shared/format/dates';
import { formatPhone, personName } from '@/shared/format/phone';
import { useChange } from '@/shared/hooks/useChange';
import { usePhone } from '@/shared/hooks/usePhone';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Can, useFormat } from '@/shared/session/session';
import { confirm } from '@/shared/ui/confirm';
import { Figure } from '@/shared/ui/Figure';
import { saveAs } from '@/shared/ui/files';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { Page } from '@/shared/ui/Page';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import { ProfileForm } from './components/ProfileForm';
import {
  customerKeys,
  customerOrdersQuery,
  customerQuery,
  eraseCustomer,
  exportCustomer,
  type Customer,
} from './customers.api';
import { customersText } from './customers.text';

export function CustomerPage() {
  const t = useText(customersText);
  const { clock } = useFormat();
  const phone = usePhone();
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(customerQuery(id));
  const customer = query.data;
  return (
    <Page
      title={customer ? personName(customer) : t.customer}
      back="/customers"
      subtitle={customer && `${formatPhone(customer.phone)} · ${t.since(date(customer.first_seen_at, clock))}`}
      actions={customer && <Actions customer={customer} />}
    >
      <Loaded query={query}>
        {(data) => (
          <Stack gap="md">
            <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
              <Box style={phone ? { gridColumn: '1 / -1' } : undefined}>
                <Figure
                  label={t.lifetime}
                  definition={t.lifetimeDefinition}
                  value={<Money value={data.lifetime_value} />}
                />
              </Box>
              <Figure label={t.ordersCount} value={data.orders_count} />
              <Figure label={t.lastOrder} value={data.last_order_at ? <When at={data.last_order_at} /> : t.never} />
            </SimpleGrid>
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 7 }}>
                <Stack gap="md">
                  <ProfileForm key={`${data.id}-${data.version}`} customer={data} />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 5 }}>
                <Stack gap="md">
                  <Bought id={data.id} />
                  <Known customer={data} />
                </Stack>
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function Actions({ customer }: { customer: Customer }) {
  const t = useText(customersText);
  const common = useText(commonText);
  const navigate = useNavigate();
  const download = useChange({
    run: exportCustomer,
    onDone: (blob: Blob) => {
      saveAs(blob, 'customer.json');
    },
  });
  const erase = useChange({
    run: eraseCustomer,
    done: t.erased,
    renew: [customerKeys.all],
    onDone: () => void navigate({ to: '/customers' }),
  });
  const ask = () => {
    confirm({
      title: t.eraseTitle,
      text: t.eraseText,
      yes: t.erase,
      no: common.cancel,
      onYes: () => {
        erase.mutate(customer.id);
      },
    });
  };
  return (
    <>
      <Button
        component={Link}
        to="/inbox"
        search={{ q: customer.phone } as never}
        variant="default"
        leftSection={<IconMessages size={18} />}
      >
        {t.chat}
      </Button>
      <Can right="customers:edit">
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label={common.actions}>
              <IconDots size={20} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={18} />}
              onClick={() => {
                download.mutate(customer.id);
              }}
            >
              {t.export}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconUserX size={18} />} onClick={ask}>
              {t.erase}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Can>
    </>
  );
}

function Bought({ id }: { id: string }) {
  const t = useText(customersText);
  const orders = useQuery(customerOrdersQuery(id));
  return (
    <Section title={t.history}>
      <Loaded query={orders} isEmpty={(data) => data.items.length === 0} empty={<Text c="dimmed">{t.noOrders}</Text>}>
        {(data) => (
          <Stack gap="sm">
            {data.items.map((order) => (
              <Link key={order.id} to="/orders/$id" params={{ id: order.id }} className="plain">
                <Group justify="space-between" wrap="nowrap">
                  <div>
                    <Text fw={600} className="figures">
                      {order.number}
                    </Text>
                    <Text size="sm" c="dimmed">
                      <When at={order.placed_at} />
                    </Text>
                  </div>
                  <StateBadge state={order.state} />
                  <Text fw={600}>
                    <Money value={order.total} />
                  </Text>
                </Group>
              </Link>
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function Known({ customer }: { customer: Customer }) {
  const t = useText(customersText);
  const lists: [string, string[]][] = [
    [t.likes, customer.preferences],
    [t.facts, customer.facts],
    [t.addresses, customer.addresses],
  ];
  const consents = customer.consents.map(
    (one) => `${one.kind === 'marketing' ? t.marketing : one.kind}: ${one.given ? t.consentYes : t.consentNo}`,
  );
  const shown = [...lists, [t.consents, consents] as [string, string[]]].filter(([, items]) => items.length > 0);
  if (shown.length === 0) return null;
  return (
    <Card>
      <Stack gap="md">
        {shown.map(([name, items]) => (
          <div key={name}>
            <Title order={3} fz="sm" c="dimmed" mb={4}>
              {name}
            </Title>
            <List size="sm" spacing={2}>
              {items.map((item) => (
                <List.Item key={item}>{item}</List.Item>
              ))}
            </List>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
