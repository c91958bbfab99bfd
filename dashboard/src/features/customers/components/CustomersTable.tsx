import { Anchor, Badge, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatPhone } from '@/shared/format/phone';
import { useRowLink } from '@/shared/hooks/useRowLink';
import { languageName } from '@/shared/i18n/languages';
import { useText } from '@/shared/i18n/text';
import { Face } from '@/shared/ui/Face';
import { Money } from '@/shared/ui/Money';
import { When } from '@/shared/ui/When';
import type { CustomerRow } from '../customers.api';
import { customersText } from '../customers.text';

export function CustomersTable({ customers }: { customers: CustomerRow[] }) {
  const t = useText(customersText);
  const rowLink = useRowLink();
  return (
    <>
      <Stack gap="xs" hiddenFrom="sm">
        {customers.map((customer) => (
          <Card key={customer.id} component={Link} to={`/customers/${customer.id}`} p="sm" className="plain lift">
            <Group wrap="nowrap" gap="sm">
              <Face name={customer.name} size={44} />
              <div style={{ flex: 1, minWidth: 0 }}>
                <Text fw={600} className="clamp1">
                  {customer.name ?? formatPhone(customer.phone)}
                </Text>
                <Text size="sm" c="dimmed" className="figures">
                  {formatPhone(customer.phone)}
                </Text>
              </div>
              <div style={{ textAlign: 'right' }}>
                <Text fw={650}>
                  <Money value={customer.lifetime_value} />
                </Text>
                <Text size="sm" c="dimmed">
                  {t.orders}: {customer.orders_count}
                </Text>
              </div>
            </Group>
          </Card>
        ))}
      </Stack>
      <Card p={0} visibleFrom="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.customer}</Table.Th>
              <Table.Th visibleFrom="md">{t.language}</Table.Th>
              <Table.Th visibleFrom="lg">{t.tags}</Table.Th>
              <Table.Th>{t.last}</Table.Th>
              <Table.Th ta="right">{t.orders}</Table.Th>
              <Table.Th ta="right">{t.spent}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {customers.map((customer) => (
              <Table.Tr key={customer.id} {...rowLink(`/customers/${customer.id}`)}>
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <Face name={customer.name} size={36} />
                    <div>
                      <Anchor component={Link} to={`/customers/${customer.id}`} c="inherit" fw={600}>
                        {customer.name ?? formatPhone(customer.phone)}
                      </Anchor>
                      <Text size="sm" c="dimmed" className="figures">
                        {formatPhone(customer.phone)}
                      </Text>
                    </div>
                  </Group>
                </Table.Td>
                <Table.Td visibleFrom="md" c="dimmed">
                  {languageName(customer.language)}
                </Table.Td>
                <Table.Td visibleFrom="lg">
                  <Group gap={4}>
                    {customer.tags.map((tag) => (
                      <Badge key={tag} variant="light" radius="sm">
                        {tag}
                      </Badge>
                    ))}
                  </Group>
                </Table.Td>
                <Table.Td c="dimmed">
                  {customer.last_order_at ? <When at={customer.last_order_at} /> : t.never}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {customer.orders_count}
                </Table.Td>
                <Table.Td ta="right" fw={650}>
                  <Money value={customer.lifetime_value} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
    </>
  );
}
