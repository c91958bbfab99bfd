import { Box, Card, Group, SimpleGrid, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Money } from '@/shared/ui/Money';
import { Picture } from '@/shared/ui/Picture';
import { StateBadge } from '@/shared/ui/StateBadge';
import type { ProductRow } from '../products.api';
import { ProductMenu } from './ProductMenu';
import { StockButton } from './StockButton';

export function ProductsGrid({ products }: { products: ProductRow[] }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4, xl: 5 }} spacing={{ base: 'sm', sm: 'md' }}>
      {products.map((product) => (
        <Card key={product.id} p={0} className="lift" style={{ overflow: 'hidden' }}>
          <Box pos="relative">
            <Link to="/products/$id" params={{ id: product.id }} aria-label={product.name}>
              <Picture src={product.image} alt="" radius="0" />
            </Link>
            {product.stock.status !== 'in' && (
              <Box pos="absolute" top={8} left={8}>
                <StateBadge state={product.stock.status} size="sm" />
              </Box>
            )}
          </Box>
          <Box p="sm">
            <Text fw={600} size="sm" lineClamp={2} mih={40} lh={1.35}>
              {product.name}
            </Text>
            <Text fw={700} mt={2}>
              <Money value={product.price} />
            </Text>
            <Group justify="space-between" wrap="nowrap" mt={4}>
              <StockButton product={product} />
              <ProductMenu product={product} />
            </Group>
          </Box>
        </Card>
      ))}
    </SimpleGrid>
  );
}
