import { Button, Group, NumberInput, Popover, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { useCan, useFormat } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { changeVariant, productKeys, productQuery, type Product, type ProductRow } from '../products.api';
import { productsText } from '../products.text';

/** The stock of a product, and the fast way to change stock and price of each of its variants. */
export function StockButton({ product }: { product: ProductRow }) {
  const t = useText(productsText);
  const may = useCan()('catalog:edit');
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={opened} onChange={close} shadow="md" position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          px={7}
          fz={13}
          variant="default"
          className="figures"
          disabled={!may}
          onClick={toggle}
          aria-label={`${t.onHand(product.stock.on_hand)}: ${product.name}`}
        >
          {t.onHand(product.stock.on_hand)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">{opened && <Lines id={product.id} />}</Popover.Dropdown>
    </Popover>
  );
}

function Lines({ id }: { id: string }) {
  const query = useQuery(productQuery(id));
  return (
    <Loaded query={query}>
      {(data) => (
        <Stack gap="xs">
          {data.variants.map((variant) => (
            <Line key={variant.id} variant={variant} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

export function Line({ variant }: { variant: Product['variants'][number] }) {
  const t = useText(productsText);
  const { currency } = useFormat();
  const name = [variant.size, variant.colour].filter(Boolean).join(' · ') || t.one;
  const change = useChange({
    run: changeVariant,
    done: (_out, { price }) => (price === undefined ? t.stockSaved : t.priceSaved),
    renew: [productKeys.all, ['overview']],
  });
  const stock = (value: number) => {
    if (value !== variant.on_hand && value >= 0) change.mutate({ id: variant.id, on_hand: value });
  };
  const price = (value: number) => {
    if (value * 100 !== variant.price && value > 0) change.mutate({ id: variant.id, price: Math.round(value * 100) });
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Text w={92} size="sm" className="clamp1">
        {name}
      </Text>
      <NumberInput
        w={84}
        size="sm"
        min={0}
        allowDecimal={false}
        aria-label={`${t.setStock}: ${name}`}
        defaultValue={variant.on_hand}
        onBlur={(event) => {
          stock(Number(event.currentTarget.value));
        }}
      />
      <NumberInput
        w={130}
        size="sm"
        min={0}
        prefix={`${currency} `}
        thousandSeparator=","
        hideControls
        aria-label={`${t.setPrice}: ${name}`}
        defaultValue={variant.price / 100}
        onBlur={(event) => {
          price(Number(event.currentTarget.value.replace(/[^\d.]/g, '')));
        }}
      />
    </Group>
  );
}
