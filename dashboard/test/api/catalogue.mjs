// Products, their stock and photos, and lists from files.
import { at, id, products } from './data.mjs';
import { Refused, has, one, page } from './table.mjs';

const report = {
  id: id(),
  kind: 'products',
  state: 'preview',
  columns: ['Item', 'Cost', 'Qty', 'Type'],
  preview: [
    ['Blue dress', '2900', '4', 'dress'],
    ['Red scarf', '800', '12', 'scarf'],
  ],
  mapping: { name: 'Item', price: 'Cost' },
  fields: [
    { name: 'name', required: true },
    { name: 'price', required: true },
    { name: 'stock', required: false },
    { name: 'category', required: false },
    { name: 'sku', required: false },
  ],
  problems: [{ line: 7, column: 'Cost', message: '"free" is no amount' }],
  total: 24,
  done: 0,
  created: 0,
  updated: 0,
  failed: 0,
};

export const catalogue = {
  'GET /products': ({ q }) =>
    page(
      products.filter(
        (p) =>
          (has(p.name, q.q) || has(p.sku, q.q)) &&
          (!q.category || p.category === q.category) &&
          (!q.stock || p.stock.status === q.stock) &&
          (!q.active || String(p.active) === q.active),
      ),
      q,
    ),
  'GET /products/facets': () => ({
    categories: [...new Set(products.map((p) => p.category))].map((name) => ({
      name,
      count: products.filter((p) => p.category === name).length,
    })),
    colours: ['blue', 'red', 'green'].map((name) => ({ name, count: 4 })),
    sizes: ['S', 'M', 'L', 'XL'].map((name) => ({ name, count: 9 })),
  }),
  'GET /products/:id': ({ params }) => one(products, params.id),
  'PUT /products/:id': ({ params, body, version }) => {
    const product = one(products, params.id);
    if (version !== String(product.version)) throw new Refused(412, null);
    return Object.assign(product, body, { version: product.version + 1 });
  },
  'POST /products': ({ body }) => {
    const p = {
      ...body,
      id: id(),
      images: [],
      image: null,
      images_count: 0,
      variants: body.variants.map((v) => ({ reserved: 0, threshold: 2, price: body.price, ...v, id: id() })),
      stock: { on_hand: 5, reserved: 0, status: 'in' },
      variants_count: body.variants.length,
      version: 1,
    };
    products.unshift(p);
    return p;
  },
  'POST /products/:id/duplicate': ({ params }) => {
    const p = { ...one(products, params.id), id: id() };
    products.unshift(p);
    return p;
  },
  'DELETE /products/:id': ({ params }) => {
    one(products, params.id).active = false;
  },
  'POST /products/:id/restore': ({ params }) => {
    one(products, params.id).active = true;
  },
  'PATCH /variants/:id': ({ params, body }) => {
    const v = one(
      products.flatMap((p) => p.variants),
      params.id,
    );
    Object.assign(v, body);
    return v;
  },
  'GET /variants/:id/movements': () => ({
    items: [
      { at: at(100), delta: -1, left: 3, reason: 'sold', by: null },
      { at: at(4000), delta: 5, left: 4, reason: 'counted', by: 'Amina Hassan' },
    ],
  }),
  'POST /products/:id/images': ({ params }) => one(products, params.id),
  'PATCH /products/:id/images': () => undefined,
  'DELETE /products/:id/images/:image': () => undefined,
  'POST /products/describe': () => ({
    name: 'Blue wrap dress',
    category: 'dress',
    colours: ['blue'],
    tags: ['wrap', 'midi'],
    description: 'Blue wrap dress below the knee.',
  }),
  'POST /imports': () => ({ ...report, state: 'preview', done: 0 }),
  'POST /imports/:id/run': () => ({ ...report, state: 'running', done: 9 }),
  'GET /imports/:id': () => ({ ...report, state: 'done', done: 24, created: 20, updated: 3, failed: 1 }),
};
