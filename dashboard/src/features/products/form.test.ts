import { expect, test } from 'vitest';
import { bodyOf, emptyProduct, matrix, valuesOf } from './form';
import type { Product } from './products.api';

test('every size comes in every colour, and what was there keeps its stock', () => {
  const before = matrix(['S', 'M'], ['blue'], []);
  const kept = before.map((variant) => ({ ...variant, on_hand: 3 }));
  const after = matrix(['S', 'M', 'L'], ['blue', 'red'], kept);
  expect(after).toHaveLength(6);
  expect(after.filter((variant) => variant.on_hand === 3).map(({ size, colour }) => [size, colour])).toEqual([
    ['S', 'blue'],
    ['M', 'blue'],
  ]);
});

test('a product without sizes and colours has one kind', () => {
  expect(emptyProduct().variants).toHaveLength(1);
  expect(matrix([], [], [])[0]).toMatchObject({ size: null, colour: null, on_hand: 0 });
});

const product = {
  id: 'p',
  sku: 'ZC-001',
  name: 'Blue dress',
  category: 'dress',
  price: 290_000,
  compare_at: null,
  description: '',
  tags: ['midi'],
  attributes: { fabric: 'crepe' },
  images: [],
  stock: { on_hand: 5, reserved: 0, status: 'in' },
  active: true,
  version: 3,
  variants: [
    { id: 'a', size: 'S', colour: 'blue', price: 290_000, on_hand: 2, reserved: 0, threshold: 2 },
    { id: 'b', size: 'M', colour: 'blue', price: 310_000, on_hand: 3, reserved: 0, threshold: 1 },
  ],
} as unknown as Product;

test('a product that is opened and saved is the same', () => {
  const body = bodyOf(valuesOf(product));
  expect(body).toMatchObject({ sku: 'ZC-001', price: 290_000, attributes: { fabric: 'crepe' }, tags: ['midi'] });
  expect(body.variants.map(({ id, price, on_hand }) => [id, price ?? 290_000, on_hand])).toEqual([
    ['a', 290_000, 2],
    ['b', 310_000, 3],
  ]);
});
