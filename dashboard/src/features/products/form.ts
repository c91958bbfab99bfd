import type { Product, ProductIn } from './products.api';

/** A size in a colour, as it is edited: whole units of money. */
export interface VariantValues {
  id?: string;
  size: string | null;
  colour: string | null;
  price: number | '';
  on_hand: number;
  threshold: number;
}

export interface ProductValues {
  sku: string;
  name: string;
  category: string;
  price: number | '';
  compare_at: number | '';
  description: string;
  tags: string[];
  attributes: { name: string; value: string }[];
  active: boolean;
  sizes: string[];
  colours: string[];
  variants: VariantValues[];
}

const THRESHOLD = 2;
const distinct = (values: (string | null | undefined)[]) => [
  ...new Set(values.filter((value): value is string => Boolean(value))),
];

export const emptyProduct = (): ProductValues => ({
  sku: '',
  name: '',
  category: '',
  price: '',
  compare_at: '',
  description: '',
  tags: [],
  attributes: [],
  active: true,
  sizes: [],
  colours: [],
  variants: matrix([], [], []),
});

export function valuesOf(product: Product): ProductValues {
  const variants = product.variants.map((variant) => ({
    id: variant.id,
    size: variant.size ?? null,
    colour: variant.colour ?? null,
    price: variant.price === product.price ? ('' as const) : variant.price / 100,
    on_hand: variant.on_hand,
    threshold: variant.threshold,
  }));
  return {
    ...product,
    price: product.price / 100,
    compare_at: product.compare_at ? product.compare_at / 100 : '',
    attributes: Object.entries(product.attributes).map(([name, value]) => ({ name, value: String(value) })),
    sizes: distinct(variants.map((variant) => variant.size)),
    colours: distinct(variants.map((variant) => variant.colour)),
    variants,
  };
}

/** Every size in every colour; what was there already keeps its stock and price. */
export function matrix(sizes: string[], colours: string[], before: VariantValues[]): VariantValues[] {
  const all = (values: string[]): (string | null)[] => (values.length > 0 ? values : [null]);
  return all(colours).flatMap((colour) =>
    all(sizes).map((size) => {
      const found = before.find((one) => one.size === size && one.colour === colour);
      return found ?? { size, colour, price: '' as const, on_hand: 0, threshold: THRESHOLD };
    }),
  );
}

const minor = (value: number | '') => (value === '' ? null : Math.round(value * 100));

export function bodyOf(values: ProductValues): ProductIn {
  return {
    sku: values.sku.trim(),
    name: values.name.trim(),
    category: values.category.trim(),
    price: minor(values.price) ?? 0,
    compare_at: minor(values.compare_at),
    description: values.description.trim(),
    tags: values.tags,
    attributes: Object.fromEntries(
      values.attributes.filter((one) => one.name.trim()).map((one) => [one.name.trim(), one.value.trim()]),
    ),
    active: values.active,
    variants: values.variants.map((variant) => ({
      ...(variant.id ? { id: variant.id } : {}),
      size: variant.size,
      colour: variant.colour,
      price: minor(variant.price),
      on_hand: variant.on_hand,
      threshold: variant.threshold,
    })),
  };
}
