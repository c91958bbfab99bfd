import { Badge, Button, Divider, Group, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatPhone, personName } from '@/shared/format/phone';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { languageName } from '@/shared/i18n/languages';
import { Money } from '@/shared/ui/Money';
import { StateBadge } from '@/shared/ui/StateBadge';
import type { Conversation } from '../inbox.api';
import { inboxText } from '../inbox.text';

/** Who is writing: what they bought and what is known of them. */
export function CustomerPanel({ conversation }: { conversation: Conversation }) {
  const t = useText(inboxText);
  const { customer, orders } = conversation;
  const said: [string, string][] = [
    [t.language, languageName(customer.language)],
    [t.sizes, customer.sizes.join(', ')],
    [t.notes, customer.notes],
  ];
  return (
    <Stack gap="md">
      <Group wrap="nowrap">
        <Face name={customer.name} size={52} />
        <div>
          <Text fw={650} fz="lg">
            {personName(customer)}
          </Text>
          <Text c="dimmed">{formatPhone(customer.phone)}</Text>
        </div>
      </Group>
      <div>
        <Text size="sm" c="dimmed">
          {t.spent}
        </Text>
        <Text className="display" fw={700} fz="xl">
          <Money value={customer.lifetime_value} />
        </Text>
      </div>
      {customer.tags.length > 0 && (
        <Group gap={6}>
          {customer.tags.map((tag) => (
            <Badge key={tag} variant="light" radius="sm">
              {tag}
            </Badge>
          ))}
        </Group>
      )}
      {said
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Text>{value}</Text>
          </div>
        ))}
      {customer.facts.length > 0 && (
        <div>
          <Text size="sm" c="dimmed">
            {t.facts}
          </Text>
          <List size="sm">
            {customer.facts.map((fact) => (
              <List.Item key={fact}>{fact}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Divider />
      <div>
        <Text size="sm" c="dimmed" mb={4}>
          {t.orders}
        </Text>
        {orders.length === 0 && <Text>{t.noOrders}</Text>}
        <Stack gap="xs">
          {orders.map((order) => (
            <Link key={order.id} to="/orders/$id" params={{ id: order.id }} className="plain">
              <Group justify="space-between">
                <Text fw={600} className="figures">
                  {order.number}
                </Text>
                <StateBadge state={order.state} />
                <Money value={order.total} />
              </Group>
            </Link>
          ))}
        </Stack>
      </div>
      <Can right="customers:view">
        <Button component={Link} to={`/customers/${customer.id}`} variant="default">
          {t.profile}
        </Button>
      </Can>
    </Stack>
  );
}
