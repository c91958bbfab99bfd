import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatPhone, personName } from '@/shared/format/phone';
import { languageName } from '@/shared/i18n/languages';
import { useText } from '@/shared/i18n/text';
import { Face } from '@/shared/ui/Face';
import { Money } from '@/shared/ui/Money';
import { Rows } from '@/shared/ui/Rows';
import { When } from '@/shared/ui/When';
import type { CustomerRow } from '../customers.api';
import { customersText } from '../customers.text';

const nameOf = (customer: CustomerRow) => personName(customer);
const pathOf = (customer: CustomerRow) => `/customers/${customer.id}`;

export function CustomersTable({ customers }: { customers: CustomerRow[] }) {
  const t = useText(customersText);
  return (
    <Rows
      items={customers}
      to={pathOf}
      card={(customer) => (
        <Group wrap="nowrap" gap="sm">
          <Face name={customer.name} size={44} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text fw={600} className="clamp1">
              {nameOf(customer)}
            </Text>
            <Text size="sm" c="dimmed" className="figures">
              {formatPhone(customer.phone)}
            </Text>
          </div>
          <div style={{ textAlign: 'right' }}>
            <Money value={customer.lifetime_value} fw={650} />
            <Text size="sm" c="dimmed">
              {t.ordersOf(customer.orders_count)}
            </Text>
          </div>
        </Group>
      )}
      columns={[
        {
          head: t.customer,
          cell: (customer) => (
            <Group gap="sm" wrap="nowrap">
              <Face name={customer.name} size={36} />
              <div>
                <Anchor component={Link} to={pathOf(customer)} c="inherit" fw={600}>
                  {nameOf(customer)}
                </Anchor>
                <Text size="sm" c="dimmed" className="figures">
                  {formatPhone(customer.phone)}
                </Text>
              </div>
            </Group>
          ),
        },
        { head: t.language, from: 'md', cell: (customer) => languageName(customer.language) },
        {
          head: t.tags,
          from: 'lg',
          cell: (customer) => (
            <Group gap={4}>
              {customer.tags.map((tag) => (
                <Badge key={tag} variant="light" radius="sm">
                  {tag}
                </Badge>
              ))}
            </Group>
          ),
        },
        {
          head: t.last,
          cell: (customer) => (
            <Text c="dimmed" inherit>
              {customer.last_order_at ? <When at={customer.last_order_at} /> : t.never}
            </Text>
          ),
        },
        { head: t.orders, number: true, cell: (customer) => customer.orders_count },
        { head: t.spent, number: true, cell: (customer) => <Money value={customer.lifetime_value} fw={650} /> },
      ]}
    />
  );
}
