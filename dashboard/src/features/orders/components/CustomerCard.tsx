import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconMessages, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatPhone, personName } from '@/shared/format/phone';
import { useText } from '@/shared/i18n/text';
import { Face } from '@/shared/ui/Face';
import { Section } from '@/shared/ui/Section';
import type { Order } from '../orders.api';
import { ordersText } from '../orders.text';

export function CustomerCard({ order }: { order: Order }) {
  const t = useText(ordersText);
  const { customer } = order;
  return (
    <Section title={t.customer}>
      <Stack gap="md">
        <Group wrap="nowrap">
          <Face name={customer.name} size={44} />
          <div style={{ minWidth: 0 }}>
            <Text fw={650} className="clamp1">
              {personName(customer)}
            </Text>
            <Text
              component="a"
              href={`tel:+${customer.phone.replace('+', '')}`}
              size="sm"
              c="dimmed"
              className="figures plain"
            >
              {formatPhone(customer.phone)}
            </Text>
          </div>
        </Group>
        <Stack gap="xs">
          <Button
            component={Link}
            to={`/customers/${customer.id}`}
            variant="default"
            size="sm"
            leftSection={<IconUser size={17} />}
          >
            {t.profile}
          </Button>
          <Button
            component={Link}
            to="/inbox"
            search={{ q: customer.phone } as never}
            variant="default"
            size="sm"
            leftSection={<IconMessages size={17} />}
          >
            {t.chat}
          </Button>
        </Stack>
        <div>
          <Text size="sm" c="dimmed">
            {t.address}
          </Text>
          <Text>{order.pickup ? t.pickup : [order.address, order.zone].filter(Boolean).join(' · ') || '–'}</Text>
        </div>
        {order.wholesale && (
          <Badge variant="light" color="indigo" radius="sm">
            {t.wholesale}
          </Badge>
        )}
      </Stack>
    </Section>
  );
}
