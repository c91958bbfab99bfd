import {
  appointments,
  at,
  conversations,
  customers,
  day,
  id,
  int,
  messages,
  NEXT,
  orders,
  products,
  services,
} from './data.mjs';
import { best, days, figures, revenue } from './figures.mjs';
import { settings } from './settings.mjs';

const RIGHTS =
  'catalog:view catalog:edit orders:view orders:edit services:edit appointments:view appointments:edit conversations:view handoff:perform customers:view customers:edit finance:view finance:withdraw:initiate finance:withdraw:approve analytics:view marketing:manage integrations:manage settings:manage knowledge:manage users:manage audit:view'.split(
    ' ',
  );
const user = { id: id(), email: 'amina@zuri.example', name: 'Amina Hassan', locale: 'en', totp: false, operator: true };
const shops = [
  { id: id(), slug: 'zuri', name: 'Zuri Collections', role: 'owner' },
  { id: id(), slug: 'malkia', name: 'Malkia Boutique', role: 'admin' },
];
const me = {
  user,
  shop: { ...shops[0], currency: 'KES', timezone: 'Africa/Nairobi', language: 'en', kind: 'clothes' },
  role: 'owner',
  rights: RIGHTS,
  onboarding: ['profile', 'catalogue'],
};
const login = { token: null, refresh_token: null, expires_at: at(-15), user, shops };

export class Refused extends Error {
  constructor(status, detail, errors) {
    super(detail);
    Object.assign(this, { status, detail, errors });
  }
}
const one = (list, key) =>
  list.find((row) => row.id === key) ??
  (() => {
    throw new Refused(404, 'There is no such thing here.');
  })();
const page = (list, q, map = (row) => row) => {
  const from = Number(q.cursor ?? 0);
  const to = from + Number(q.limit ?? 25);
  return { items: list.slice(from, to).map(map), next: to < list.length ? String(to) : null };
};
const has = (text, q) => !q || String(text).toLowerCase().includes(q.toLowerCase());
const found = (o, q) =>
  (!q.state || q.state.split(',').includes(o.state)) &&
  (!q.customer || o.customer.id === q.customer) &&
  (has(o.number, q.q) || has(o.customer.name, q.q)) &&
  (!q.from || o.placed_at >= q.from) &&
  (!q.to || o.placed_at.slice(0, 10) <= q.to) &&
  (!q.min || o.total >= q.min) &&
  (!q.max || o.total <= q.max);
const lists = {
  roles: ['owner', 'admin', 'finance_admin', 'catalog_manager', 'support_lead', 'analyst'].map((role, n) => ({
    id: role,
    name: role,
    rights: RIGHTS.slice(0, 21 - n * 3),
    built_in: true,
    members: n < 2 ? 1 : 0,
  })),
};
const list = (name, start = []) => (lists[name] ??= start);
const sim = { messages: [] };
const say = (author, text, extra = {}) => ({
  id: id(),
  direction: author === 'customer' ? 'in' : 'out',
  author,
  kind: 'text',
  text,
  media: null,
  transcript: null,
  options: [],
  status: 'sent',
  at: at(0),
  turn_id: null,
  marker: null,
  ...extra,
});
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
export let tell = () => undefined;
export const onTell = (next) => {
  tell = next;
};

const crud = (name, start, make = (body) => body) => ({
  [`GET /${name}`]: () => ({ items: list(name, start) }),
  [`POST /${name}`]: ({ body }) => {
    const row = { id: id(), ...make(body) };
    list(name, start).push(row);
    return row;
  },
  [`PATCH /${name}/:id`]: ({ params, body }) => Object.assign(one(list(name, start), params.id), body),
  [`DELETE /${name}/:id`]: ({ params }) => {
    lists[name] = list(name, start).filter((row) => row.id !== params.id);
  },
});

export const routes = {
  'POST /auth/login': ({ body }) => {
    if (body.password === 'wrong') throw new Refused(401, 'E-mail or password is wrong.');
    return login;
  },
  'POST /auth/refresh': () => login,
  'POST /auth/logout': () => undefined,
  'POST /auth/signup': () => login,
  'GET /auth/sessions': () => ({
    items: [
      {
        id: id(),
        agent: 'Chrome on Android',
        address: '102.0.2.14',
        created_at: at(4000),
        used_at: at(1),
        current: true,
      },
      {
        id: id(),
        agent: 'Firefox on Windows',
        address: '102.0.9.1',
        created_at: at(90000),
        used_at: at(3000),
        current: false,
      },
    ],
  }),
  'POST /auth/totp': () => ({
    secret: 'JBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/Duka:amina@zuri.example?secret=JBSWY3DPEHPK3PXP',
  }),
  'GET /me': () => me,
  'PATCH /me': ({ body }) => Object.assign(user, body),
  'GET /team': () => ({
    items: [
      { id: user.id, name: user.name, email: user.email, role: 'owner', since: at(90000), you: true },
      {
        id: 'u2',
        name: 'Brian Mutua',
        email: 'brian@zuri.example',
        role: 'catalog_manager',
        since: at(50000),
        you: false,
      },
    ],
  }),
  ...crud(
    'team/invitations',
    [{ id: id(), email: 'rose@zuri.example', role: 'support_lead', expires_at: at(-9000), link: null }],
    (b) => ({ ...b, expires_at: at(-9000), link: 'http://127.0.0.1/invitation/abc' }),
  ),
  'GET /invitations/:token': () => ({
    email: 'rose@zuri.example',
    shop: 'Zuri Collections',
    role: 'support_lead',
    rights: [],
    has_account: false,
    expires_at: at(-9000),
  }),
  'POST /invitations/:token/accept': () => login,
  ...crud('roles'),
  ...crud(
    'api-keys',
    [
      {
        id: id(),
        label: 'Accounting',
        ending: '8f2c',
        rights: ['orders:view', 'finance:view'],
        created_at: at(60000),
        used_at: at(500),
        expires_at: null,
      },
    ],
    (b) => ({
      ...b,
      ending: '1abd',
      created_at: at(0),
      used_at: null,
      expires_at: b.expires_at ?? null,
      key: 'dk_live_1ab_XXXXXXXXXXXXXXXX',
    }),
  ),
  'GET /audit': ({ q }) =>
    page(
      Array.from({ length: 40 }, (_, n) => ({
        id: id(),
        at: at(n * 200),
        actor: { kind: 'user', id: null, name: n % 3 ? 'Amina Hassan' : 'Brian Mutua' },
        what: ['product.changed', 'order.moved', 'settings.changed'][n % 3],
        subject: ['ZC-001', 'DK-URMTL2', 'delivery'][n % 3],
        before: { price: 270000 },
        after: { price: 290000 },
      })),
      q,
    ),
  'GET /overview': () => ({
    today: { orders: 4, revenue: 1_284_000, revenue_same_day_last_week: 1_105_000 },
    pending_orders: orders.filter((o) => o.state === 'pending_payment').length,
    active_conversations: 11,
    waiting: conversations.filter((c) => c.waiting_since).length,
    low_stock: products
      .flatMap((p) =>
        p.variants
          .filter((v) => v.on_hand <= v.threshold)
          .map((v) => ({
            product_id: p.id,
            variant_id: v.id,
            name: p.name,
            size: v.size,
            colour: v.colour,
            left: v.on_hand,
            threshold: v.threshold,
          })),
      )
      .slice(0, 6),
    top_sellers: best().slice(0, 5),
    revenue_30d: days(30, (d, n) => ({ day: d, orders: int(1, 8), revenue: revenue(d) + (n % 7) * 90_000 + 150_000 })),
    activity: [
      ['payment', 'M-Pesa KES 3,150 from Wanjiku Kamau', 2],
      ['order', 'New order DK-URMTL2, KES 3,150', 5],
      ['handover', 'Wanjiku Kamau asks for a person', 12],
      ['message', 'Halima Yusuf sent a picture', 25],
      ['stock', 'Neema Red Evening Gown (L): 1 left', 60],
      ['appointment', 'Grace Wambui booked Event Makeup', 130],
      ['order', 'DK-9QX2 delivered', 200],
    ].map(([kind, title, ago]) => ({
      id: id(),
      kind,
      at: at(ago),
      title,
      link: kind === 'order' ? `/orders/${orders[0].id}` : null,
    })),
  }),
  'GET /orders': ({ q }) =>
    page(
      orders.filter((o) => found(o, q)),
      q,
    ),
  'GET /orders/counts': () => ({
    counts: Object.keys(NEXT).map((state) => ({
      state,
      count: orders.filter((o) => o.state === state).length,
      total: orders.filter((o) => o.state === state).reduce((s, o) => s + o.total, 0),
    })),
  }),
  'GET /orders/export': () => 'number,total\n',
  'GET /orders/:id': ({ params }) => one(orders, params.id),
  'POST /orders/:id/move': ({ params, body }) => {
    const o = one(orders, params.id);
    if (!o.next_states.includes(body.state)) throw new Refused(422, 'This order cannot go there.');
    Object.assign(o, { state: body.state, next_states: NEXT[body.state], version: o.version + 1 });
    o.timeline.push({ at: at(0), kind: body.state, actor: 'Amina Hassan', text: body.reason ?? null });
    tell('order', { id: o.id });
    return o;
  },
  'POST /orders/:id/note': ({ params, body }) => {
    one(orders, params.id).notes.push({ at: at(0), by: user.name, text: body.text });
  },
  'GET /orders/:id/receipt': ({ params }) => `<h1>${one(orders, params.id).number}</h1>`,
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
  'PUT /products/:id': ({ params, body }) => Object.assign(one(products, params.id), body),
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
  'GET /conversations': ({ q }) =>
    page(
      conversations.filter((c) => (q.filter !== 'waiting' || c.waiting_since) && has(c.customer.name, q.q)),
      q,
    ),
  'GET /conversations/:id': ({ params }) => {
    const c = one(conversations, params.id);
    return {
      ...c,
      taken_by: c.handed_off ? user.name : null,
      customer: one(customers, c.customer.id),
      orders: orders.filter((o) => o.customer.id === c.customer.id).slice(0, 3),
    };
  },
  'GET /conversations/:id/messages': ({ params, q }) => page(messages.get(params.id) ?? [], q),
  'POST /conversations/:id/messages': ({ params, body }) => {
    const m = say('staff', body.text);
    messages.get(params.id).unshift(m);
    return m;
  },
  'POST /conversations/:id/take': ({ params }) => {
    Object.assign(one(conversations, params.id), { handed_off: true, waiting_since: null });
  },
  'POST /conversations/:id/release': ({ params }) => {
    Object.assign(one(conversations, params.id), { handed_off: false, waiting_since: null });
  },
  'POST /conversations/:id/read': ({ params }) => {
    one(conversations, params.id).unread = 0;
  },
  'GET /turns/:id': () => ({
    id: id(),
    intent: 'find_product',
    slots: [
      { name: 'colour', value: 'blue' },
      { name: 'size', value: 'M' },
      { name: 'kind', value: 'dress' },
    ],
    tools: [{ name: 'search_catalogue', ok: true, text: '2 products' }],
    facts: ['ZC-001 KES 2,900', 'ZC-002 KES 2,600'],
    model_calls: [],
    cost_micros: 0,
    micros: 1840,
  }),
  ...crud('saved-replies', [
    { id: id(), shortcut: 'hours', text: 'We are open Monday to Saturday, 9 to 6:30.' },
    { id: id(), shortcut: 'asante', text: 'Asante sana! Karibu tena 🙏' },
  ]),
  'GET /customers': ({ q }) =>
    page(
      customers.filter((c) => has(c.name, q.q) || has(c.phone, q.q)),
      q,
    ),
  'GET /customers/:id': ({ params }) => one(customers, params.id),
  'PATCH /customers/:id': ({ params, body }) => Object.assign(one(customers, params.id), body),
  'GET /customers/:id/export': ({ params }) => one(customers, params.id),
  'POST /customers/:id/erase': () => undefined,
  ...crud(
    'segments',
    [
      { id: id(), name: 'Spent over 10,000', rule: { min_spent: 1_000_000 }, count: 9 },
      { id: id(), name: 'Quiet for 60 days', rule: { quiet_days: 60 }, count: 4 },
    ],
    (b) => ({ ...b, count: 3 }),
  ),
  'GET /appointments': ({ q }) => ({
    items: appointments.filter(
      (a) => (!q.from || a.start.slice(0, 10) >= q.from) && (!q.to || a.start.slice(0, 10) <= q.to),
    ),
    next: null,
  }),
  'POST /appointments': ({ body }) => {
    const a = { ...appointments[0], id: id(), start: body.start, status: 'booked' };
    appointments.push(a);
    return a;
  },
  'PATCH /appointments/:id': ({ params, body }) => {
    const a = one(appointments, params.id);
    const length = new Date(a.end) - new Date(a.start);
    return Object.assign(a, body, { end: new Date(new Date(body.start).getTime() + length).toISOString() });
  },
  'POST /appointments/:id/cancel': ({ params }) => Object.assign(one(appointments, params.id), { status: 'cancelled' }),
  'GET /appointments/free': ({ q }) => ({
    slots: [6, 7, 9, 11].map((h) => ({ start: `${q.day}T${String(h).padStart(2, '0')}:00:00Z`, lane: 'Amina' })),
  }),
  'GET /services': () => ({ items: services }),
  'POST /services': ({ body }) => {
    const s = { id: id(), version: 1, ...body };
    services.push(s);
    return s;
  },
  'PUT /services/:id': ({ params, body }) => Object.assign(one(services, params.id), body),
  'DELETE /services/:id': () => undefined,
  'GET /lanes': () => ({ items: ['Amina', 'Rose'] }),
  'GET /payments': ({ q }) =>
    page(
      orders.flatMap((o) => o.payments).filter((p) => !q.state || p.state === q.state),
      q,
    ),
  'GET /payments/summary': () => ({
    received: 18_420_000,
    pending: 315_000,
    failed: 640_000,
    refund_due: 290_000,
    refunded: 0,
    count: 71,
  }),
  ...figures,
  ...Object.fromEntries(
    Object.keys(settings).flatMap((name) => [
      [`GET /settings/${name}`, () => settings[name]],
      [
        `PUT /settings/${name}`,
        ({ body }) => Object.assign(settings[name], body, { version: settings[name].version + 1 }),
      ],
    ]),
  ),
  'POST /settings/personality/preview': ({ body }) => ({
    reply: `Hi! ${body.settings.name} here ${body.settings.emoji === 'none' ? '' : '👋'} Yes, we have the blue dress in M, KES 2,900. Shall I keep one for you?`,
  }),
  'POST /settings/payments/test': () => ({ ok: true, message: 'The sandbox answered.' }),
  'POST /settings/channels/test': () => ({ ok: true, message: 'The channel answered.' }),
  ...crud('knowledge/documents', [
    {
      id: id(),
      name: 'size-guide.pdf',
      kind: 'pdf',
      bytes: 182_000,
      pieces: 14,
      status: 'ready',
      reason: null,
      added_at: at(9000),
    },
    {
      id: id(),
      name: 'prices.xls',
      kind: 'xls',
      bytes: 8_100_000,
      pieces: 0,
      status: 'refused',
      reason: 'The file is larger than 5 MB.',
      added_at: at(90),
    },
  ]),
  ...crud(
    'knowledge/phrases',
    [{ id: id(), q: 'Is there parking?', a: 'Yes, the basement is free for the first hour.', used: 12 }],
    (b) => ({ ...b, used: 0 }),
  ),
  'GET /lessons': () => ({
    items: list('lessons', [
      {
        id: id(),
        kind: 'phrase',
        q: 'Mko wapi exactly?',
        a: 'Sunbird Mall, 1st floor, shop F12, Ngong Road.',
        seen: 9,
        source: 'Answered by Amina',
        at: at(900),
      },
    ]),
  }),
  'POST /lessons/:id/approve': () => {
    lists.lessons = [];
  },
  'POST /lessons/:id/reject': () => {
    lists.lessons = [];
  },
  'GET /costs': () => ({
    month: day(0).slice(0, 7),
    spent_micros: 1_240_000,
    budget_micros: 10_000_000,
    items: [{ model: 'small', calls: 212, cost_micros: 1_240_000 }],
  }),
  'GET /simulator/messages': () => ({ items: sim.messages, conversation_id: null }),
  'POST /simulator/messages': ({ body }) => {
    sim.messages.unshift(say('customer', body.text ?? null, body.image ? { kind: 'image', media: body.image } : {}));
    sim.messages.unshift(
      say(
        'assistant',
        'Hi! I’m Nia from Zuri Collections 👋 We have two blue dresses:\n1. Pendo Blue Wrap Dress – KES 2,900\n2. Bahari Blue Floral Midi – KES 2,600',
        { options: ['1', '2'] },
      ),
    );
    return { items: sim.messages.slice(0, 2) };
  },
  'POST /simulator/payments': () => {
    tell('order', { id: orders[0].id, what: 'placed', number: orders[0].number });
  },
  'GET /onboarding': () => ({ done: me.onboarding, live: me.onboarding.includes('live') }),
  'PATCH /onboarding': ({ body }) => {
    me.onboarding = body.done
      ? [...new Set([...me.onboarding, body.step])]
      : me.onboarding.filter((s) => s !== body.step);
    return { done: me.onboarding, live: me.onboarding.includes('live') };
  },
  'GET /push/key': () => ({ key: '' }),
  'GET /operator/tenants': () => ({ items: shops.map((shop) => ({ ...shop, created_at: at(90000) })) }),
  'GET /operator/usage': () => ({
    items: shops.map((shop, n) => ({
      ...shop,
      members: 3 - n,
      orders: 96 - n * 30,
      revenue: 9_000_000,
      model_calls: 312,
      model_cost_micro_usd: 1_240_000,
    })),
  }),
  'GET /operator/health': () => ({
    version: '0.5.0',
    database: true,
    unsent_messages: 0,
    unchecked_payments: 1,
    parked_jobs: 0,
  }),
};
