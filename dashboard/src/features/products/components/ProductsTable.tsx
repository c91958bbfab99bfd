import { Anchor, Badge, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Picture } from '@/shared/ui/Picture';
import { StateBadge } from '@/shared/ui/StateBadge';
import type { ProductRow } from '../products.api';
import { productsText } from '../products.text';
import { ProductMenu } from './ProductMenu';
import { StockButton } from './StockButton';

/** Rows on a desk, lines on a phone. */
export function ProductsTable({ products }: { products: ProductRow[] }) {
  const t = useText(productsText);
  return (
    <>
      <Stack gap="xs" hiddenFrom="sm">
        {products.map((product) => (
          <Card key={product.id} p="sm">
            <Group wrap="nowrap" gap="sm">
              <Picture src={product.image} alt="" size={60} />
              <Link to="/products/$id" params={{ id: product.id }} className="plain" style={{ flex: 1, minWidth: 0 }}>
                <Text fw={600} lineClamp={2} lh={1.3}>
                  {product.name}
                </Text>
                <Text fw={700}>
                  <Money value={product.price} />
                </Text>
              </Link>
              <Stack gap={4} align="flex-end">
                <StateBadge state={product.stock.status} size="sm" />
                <StockButton product={product} />
              </Stack>
            </Group>
          </Card>
        ))}
      </Stack>
      <Card p={0} visibleFrom="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.product}</Table.Th>
              <Table.Th visibleFrom="md">{t.category}</Table.Th>
              <Table.Th>{t.stock}</Table.Th>
              <Table.Th ta="right">{t.price}</Table.Th>
              <Table.Th w={60} aria-label={t.actions} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {products.map((product) => (
              <Table.Tr key={product.id}>
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <Picture src={product.image} alt="" size={46} />
                    <div>
                      <Anchor component={Link} to={`/products/${product.id}`} c="inherit" fw={600}>
                        {product.name}
                      </Anchor>
                      <Text size="sm" c="dimmed">
                        {product.sku} · {t.variants(product.variants_count)}{' '}
                        {!product.active && (
                          <Badge size="sm" variant="light" color="gray" radius="sm">
                            {t.hidden}
                          </Badge>
                        )}
                      </Text>
                    </div>
                  </Group>
                </Table.Td>
                <Table.Td visibleFrom="md" c="dimmed" tt="capitalize">
                  {product.category}
                </Table.Td>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    <StockButton product={product} />
                    <StateBadge state={product.stock.status} />
                  </Group>
                </Table.Td>
                <Table.Td ta="right" fw={650}>
                  <Money value={product.price} />
                </Table.Td>
                <Table.Td>
                  <ProductMenu product={product} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
    </>
  );
}
