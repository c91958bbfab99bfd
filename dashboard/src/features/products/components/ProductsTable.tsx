import { Anchor, Badge, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Picture } from '@/shared/ui/Picture';
import { Rows } from '@/shared/ui/Rows';
import { StateBadge } from '@/shared/ui/StateBadge';
import type { ProductRow } from '../products.api';
import { productsText } from '../products.text';
import { ProductMenu } from './ProductMenu';
import { StockButton } from './StockButton';

export function ProductsTable({ products }: { products: ProductRow[] }) {
  const t = useText(productsText);
  const hidden = (
    <Badge size="sm" variant="light" color="gray" radius="sm">
      {t.hidden}
    </Badge>
  );
  return (
    <Rows
      items={products}
      card={(product) => (
        <Group wrap="nowrap" gap="sm">
          <Picture src={product.image} alt="" size={60} />
          <Link to="/products/$id" params={{ id: product.id }} className="plain" style={{ flex: 1, minWidth: 0 }}>
            <Text fw={600} lineClamp={2} lh={1.3}>
              {product.name}
            </Text>
            <Money value={product.price} fw={700} /> {!product.active && hidden}
          </Link>
          <Stack gap={4} align="flex-end">
            {product.stock.status !== 'in' && <StateBadge state={product.stock.status} size="sm" />}
            <StockButton product={product} />
          </Stack>
        </Group>
      )}
      columns={[
        {
          head: t.product,
          cell: (product) => (
            <Group gap="sm" wrap="nowrap">
              <Picture src={product.image} alt="" size={46} />
              <div>
                <Anchor component={Link} to={`/products/${product.id}`} c="inherit" fw={600}>
                  {product.name}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {product.sku} · {t.variants(product.variants_count)} {!product.active && hidden}
                </Text>
              </div>
            </Group>
          ),
        },
        {
          head: t.category,
          from: 'md',
          cell: (product) => (
            <Text c="dimmed" inherit tt="capitalize">
              {product.category}
            </Text>
          ),
        },
        {
          head: t.stock,
          cell: (product) => (
            <Group gap="xs" wrap="nowrap">
              <StockButton product={product} />
              {product.stock.status !== 'in' && <StateBadge state={product.stock.status} />}
            </Group>
          ),
        },
        { head: t.price, number: true, cell: (product) => <Money value={product.price} fw={650} /> },
        { head: <VisuallyHidden>{t.actions}</VisuallyHidden>, cell: (product) => <ProductMenu product={product} /> },
      ]}
    />
  );
}
