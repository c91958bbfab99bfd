import { Badge, Card, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { rows } from '@/shared/api/list';
import { useText } from '@/shared/i18n/text';
import { ListSkeleton, Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { MoreButton } from '@/shared/ui/MoreButton';
import { stateText } from '@/shared/ui/states.text';
import { countsQuery, ordersQuery, type OrderState } from '../orders.api';
import { ordersText } from '../orders.text';
import { MoveMenu } from './MoveMenu';
import { OrderCard } from './OrdersTable';

// What has still to be done, in the order it is done in.
const COLUMNS: OrderState[] = ['pending_payment', 'paid', 'processing', 'shipped', 'delivered', 'refund_due'];

export function OrdersBoard() {
  return (
    <ScrollArea type="auto" offsetScrollbars viewportProps={{ tabIndex: 0 }}>
      <Group align="flex-start" wrap="nowrap" gap="sm" pb="sm">
        {COLUMNS.map((state) => (
          <Column key={state} state={state} />
        ))}
      </Group>
    </ScrollArea>
  );
}

function Column({ state }: { state: OrderState }) {
  const t = useText(ordersText);
  const names: Record<string, string> = useText(stateText);
  const orders = useInfiniteQuery(ordersQuery({ state }));
  const count = useQuery(countsQuery).data?.counts.find((one) => one.state === state);
  return (
    <Card
      w={290}
      p="sm"
      flex="none"
      bg="var(--duka-soft)"
      component="section"
      aria-label={names[state]}
      style={{ borderColor: 'transparent' }}
    >
      <Group justify="space-between" mb="sm" px={4}>
        <Group gap="xs">
          <Text fw={650}>{names[state]}</Text>
          <Badge variant="default" radius="sm">
            {count?.count ?? 0}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          <Money value={count?.total ?? 0} />
        </Text>
      </Group>
      <Stack gap="xs">
        <Loaded
          query={orders}
          skeleton={<ListSkeleton lines={3} height={90} />}
          isEmpty={(data) => rows(data).length === 0}
          empty={
            <Text c="dimmed" size="sm" ta="center" py="lg">
              {t.nobody}
            </Text>
          }
        >
          {(data) =>
            rows(data).map((order) => (
              <div key={order.id} style={{ position: 'relative' }}>
                <OrderCard order={order} />
                <div style={{ position: 'absolute', right: 10, bottom: 10 }}>
                  <MoveMenu order={order} compact />
                </div>
              </div>
            ))
          }
        </Loaded>
        <MoreButton query={orders} />
      </Stack>
    </Card>
  );
}
