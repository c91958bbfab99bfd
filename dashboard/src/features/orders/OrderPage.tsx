import { Button, Grid, Group, Menu, Stack } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { printPage } from '@/shared/ui/files';
import { Loaded } from '@/shared/ui/Loaded';
import { Page } from '@/shared/ui/Page';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import { CustomerCard } from './components/CustomerCard';
import { History } from './components/History';
import { ItemsCard } from './components/ItemsCard';
import { MoveMenu } from './components/MoveMenu';
import { Notes } from './components/Notes';
import { PaymentsCard } from './components/PaymentsCard';
import { orderQuery, receipt } from './orders.api';
import { ordersText } from './orders.text';

export function OrderPage() {
  const t = useText(ordersText);
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(orderQuery(id));
  const print = useChange({ run: (format: 'a4' | '80mm') => receipt(id, format), onDone: printPage });
  const order = query.data;
  return (
    <Page
      title={order?.number ?? t.number}
      back="/orders"
      subtitle={
        order && (
          <Group gap="xs">
            <StateBadge state={order.state} />
            <When at={order.placed_at} full />
          </Group>
        )
      }
      actions={
        order && (
          <>
            <Menu>
              <Menu.Target>
                <Button variant="default" leftSection={<IconPrinter size={18} />} loading={print.isPending}>
                  {t.print}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  onClick={() => {
                    print.mutate('a4');
                  }}
                >
                  {t.a4}
                </Menu.Item>
                <Menu.Item
                  onClick={() => {
                    print.mutate('80mm');
                  }}
                >
                  {t.roll}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <MoveMenu order={order} />
          </>
        )
      }
    >
      <Loaded query={query}>
        {(data) => (
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 8 }}>
              <Stack gap="md">
                <ItemsCard order={data} />
                <PaymentsCard payments={data.payments} />
                <Notes order={data} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 4 }}>
              <Stack gap="md">
                <CustomerCard order={data} />
                <History order={data} />
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </Loaded>
    </Page>
  );
}
