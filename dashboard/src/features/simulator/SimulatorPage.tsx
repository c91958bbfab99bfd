import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { Money } from '@/shared/ui/Money';
import { Page } from '@/shared/ui/Page';
import { StateBadge } from '@/shared/ui/StateBadge';
import { Section } from '@/shared/ui/Section';
import { Phone } from './components/Phone';
import { pay, say, simulatorKey, simulatorQuery, testOrdersQuery } from './simulator.api';
import { simulatorText } from './simulator.text';
import classes from './simulator.module.css';

// What customers write, in the languages they write it in.
const TRIES = [
  'Hi, do you have a blue dress?',
  'Niaje, uko na viatu size 40?',
  'Mko wapi, na mnafunga saa ngapi?',
  'How much is delivery to Westlands?',
  'Nataka kuongea na mtu',
];
const OUTCOMES = ['ok', 'cancel', 'wrong_pin', 'no_funds', 'timeout'] as const;

/** A phone that talks to the shop, and beside it what comes of it. */
export function SimulatorPage() {
  const t = useText(simulatorText);
  const send = useChange({ run: say, renew: [simulatorKey, ['conversations'], ['orders']] });
  const play = useChange({ run: pay, done: t.played, renew: [simulatorKey, ['orders'], ['payments']] });
  return (
    <Page
      title={t.title}
      subtitle={
        <Text inherit visibleFrom="sm">
          {t.hint}
        </Text>
      }
    >
      <div className={classes.page}>
        <Phone send={send} />
        <Stack gap="md">
          <Section title={t.tries}>
            <Group gap="xs">
              {TRIES.map((text) => (
                <Button
                  key={text}
                  variant="light"
                  radius="xl"
                  size="sm"
                  h="auto"
                  py={7}
                  styles={{ label: { whiteSpace: 'normal', fontWeight: 500 } }}
                  disabled={send.isPending}
                  onClick={() => {
                    send.mutate({ text });
                  }}
                >
                  {text}
                </Button>
              ))}
            </Group>
          </Section>
          <Section title={t.pin} hint={t.pinHint}>
            <Group gap="xs">
              {OUTCOMES.map((outcome) => (
                <Button
                  key={outcome}
                  size="sm"
                  variant={outcome === 'ok' ? 'filled' : 'default'}
                  loading={play.isPending && play.variables.outcome === outcome}
                  onClick={() => {
                    play.mutate({ outcome });
                  }}
                >
                  {t[outcome]}
                </Button>
              ))}
            </Group>
          </Section>
          <Can right="orders:view">
            <TestOrders />
          </Can>
        </Stack>
      </div>
    </Page>
  );
}

function TestOrders() {
  const t = useText(simulatorText);
  const customer = useQuery(simulatorQuery).data?.customer_id;
  const orders = useQuery(testOrdersQuery(customer)).data?.items ?? [];
  return (
    <Card>
      <Group mb="sm" gap="xs">
        <Title order={2} fz="lg">
          {t.orders}
        </Title>
        <Badge variant="light" color="grape" radius="sm">
          {t.test}
        </Badge>
      </Group>
      {orders.length === 0 && <Text c="dimmed">{t.noOrders}</Text>}
      <Stack gap="xs" aria-live="polite">
        {orders.map((order) => (
          <Link key={order.id} to="/orders/$id" params={{ id: order.id }} className="plain">
            <Group justify="space-between">
              <Text fw={650} className="figures">
                {order.number}
              </Text>
              <StateBadge state={order.state} />
              <Money value={order.total} />
            </Group>
          </Link>
        ))}
      </Stack>
    </Card>
  );
}
