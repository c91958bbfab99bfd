import { Group, Table, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { Page } from '@/shared/ui/Page';
import { StateBadge } from '@/shared/ui/StateBadge';
import { When } from '@/shared/ui/When';
import { Section } from '@/shared/ui/Section';
import { Photos } from './components/Photos';
import { ProductForm, useProductForm } from './components/ProductForm';
import { ProductMenu } from './components/ProductMenu';
import { bodyOf, valuesOf, type ProductValues } from './form';
import { movementsQuery, productKeys, productQuery, saveProduct, type Product } from './products.api';
import { productsText } from './products.text';

export function ProductPage() {
  const t = useText(productsText);
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(productQuery(id));
  const product = query.data;
  return (
    <Page
      title={product?.name ?? t.product}
      back="/products"
      subtitle={
        product && (
          <Group gap="xs">
            <span>{product.sku}</span>
            <StateBadge state={product.stock.status} />
            <span>{t.onHand(product.stock.on_hand)}</span>
            {product.stock.reserved > 0 && <span>· {t.held(product.stock.reserved)}</span>}
          </Group>
        )
      }
      actions={
        product && (
          <ProductMenu
            product={{
              ...product,
              image: product.images[0]?.url ?? null,
              images_count: product.images.length,
              variants_count: product.variants.length,
            }}
          />
        )
      }
    >
      <Loaded query={query}>{(data) => <Editor key={`${data.id}-${data.version}`} product={data} />}</Loaded>
    </Page>
  );
}

function Editor({ product }: { product: Product }) {
  const t = useText(productsText);
  const form = useProductForm(valuesOf(product));
  const save = useChange({
    run: (values: ProductValues) => saveProduct({ id: product.id, version: product.version, body: bodyOf(values) }),
    done: t.saved,
    renew: [productKeys.all],
  });
  return (
    <ProductForm
      form={form}
      error={save.error}
      saving={save.isPending}
      onSave={(values) => {
        save.mutate(values);
      }}
      aside={<Photos product={product} />}
      below={<Movements product={product} />}
    />
  );
}

function Movements({ product }: { product: Product }) {
  const t = useText(productsText);
  const found = useQueries({ queries: product.variants.slice(0, 12).map((variant) => movementsQuery(variant.id)) });
  const moves = found
    .flatMap(({ data }, n) => (data?.items ?? []).map((move) => ({ ...move, variant: product.variants[n] })))
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, 8);
  if (moves.length === 0) return null;
  return (
    <Section title={t.movements}>
      <Table horizontalSpacing={6} verticalSpacing={6}>
        <Table.Tbody>
          {moves.map((move, n) => (
            <Table.Tr key={n}>
              <Table.Td
                fw={700}
                className="figures"
                c={move.delta < 0 ? undefined : 'var(--mantine-color-duka-light-color)'}
              >
                {move.delta > 0 ? `+${move.delta}` : `−${Math.abs(move.delta)}`}
              </Table.Td>
              <Table.Td>
                <Text size="sm">
                  {[move.variant?.size, move.variant?.colour].filter(Boolean).join(' · ')} · {move.reason}
                </Text>
                <Text size="sm" c="dimmed">
                  {move.by} <When at={move.at} />
                </Text>
              </Table.Td>
              <Table.Td ta="right" className="figures" c="dimmed">
                {move.left}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
