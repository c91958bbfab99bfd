// A believable shop for work on the pages without the program: invented, and the same at every start.
import { readFileSync } from 'node:fs';

let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
export const int = (from, to) => from + Math.floor(random() * (to - from + 1));
export const pick = (list) => list[int(0, list.length - 1)];
let ids = 0;
export const id = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
export const at = (minutesAgo) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
export const day = (daysAgo) => at(daysAgo * 1440).slice(0, 10);

const csv = (text) =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,|$)/g)].map((m) => m[1] ?? m[2] ?? ''));
const file = (name) => readFileSync(new URL(`../../../demo/${name}`, import.meta.url), 'utf8');

export const products = csv(file('catalogue.csv')).map(
  ([sku, name, description, category, colours, sizes, price, tags, image]) => {
    const colour = colours.split('|')[0];
    const variants = sizes.split('|').map((one) => {
      const [size, left] = one.split(':');
      return {
        id: id(),
        size: size === 'ONE' ? null : size,
        colour,
        price: price * 100,
        on_hand: Number(left),
        reserved: int(0, 4) === 0 && left > 1 ? 1 : 0,
        threshold: 2,
      };
    });
    const on_hand = variants.reduce((sum, v) => sum + v.on_hand, 0);
    const status = on_hand === 0 ? 'out' : on_hand < 9 ? 'low' : 'in';
    return {
      id: id(),
      sku,
      name,
      description,
      category,
      price: price * 100,
      compare_at: null,
      tags: (tags ?? '').split('|'),
      attributes: { style: category },
      variants,
      images: [{ id: id(), url: `/v1/media/${image.trim()}`, position: 0, alt: name }],
      image: `/v1/media/${image.trim()}`,
      images_count: 1,
      stock: { on_hand, reserved: variants.reduce((sum, v) => sum + v.reserved, 0), status },
      variants_count: variants.length,
      active: true,
      version: 1,
    };
  },
);

const names = [
  'Wanjiku Kamau',
  'Achieng Otieno',
  'Brian Mutua',
  'Halima Yusuf',
  'Njeri Mwangi',
  'Kevin Odhiambo',
  'Fatuma Ali',
  'Mercy Chebet',
  'Grace Wambui',
  'Dennis Kiprop',
  'Zawadi Mrisho',
  'Faith Nduta',
  null,
  'Sharon Akinyi',
  'Peter Maina',
  'Esther Muthoni',
];
export const customers = names.map((name, n) => ({
  id: id(),
  name,
  phone: `2547${int(10, 29)}${String(100000 + n * 4321).slice(0, 6)}`,
  lifetime_value: 0,
  orders_count: 0,
  last_order_at: null,
  language: pick(['en', 'sw', 'sheng']),
  sizes: [pick(['S', 'M', 'L']), '39'],
  preferences: ['ankara', 'blue'],
  tags: n % 4 === 0 ? ['vip'] : [],
  notes: n % 5 === 0 ? 'Prefers delivery after 5 pm.' : '',
  addresses: ['Kilimani, Yaya Court, house 4'],
  consents: [{ kind: 'marketing', given: n % 3 !== 0, at: at(60 * 24 * 20) }],
  version: 1,
  test: false,
  no_marketing: false,
  conversations: [],
  facts: ['Has a daughter who wears size 28'],
  first_seen_at: at(int(1, 50) * 1440),
}));
export const who = (c) => ({ id: c.id, name: c.name, phone: c.phone });

const STATES = [
  'pending_payment',
  'paid',
  'paid',
  'processing',
  'shipped',
  'delivered',
  'delivered',
  'delivered',
  'delivered',
  'cancelled',
  'payment_failed',
  'expired',
  'refund_due',
  'deposit_paid',
];
export const NEXT = {
  pending_payment: ['paid', 'cancelled'],
  payment_failed: ['paid', 'cancelled'],
  deposit_paid: ['paid', 'cancelled', 'refund_due'],
  paid: ['processing', 'shipped', 'refund_due'],
  processing: ['shipped', 'refund_due'],
  shipped: ['delivered', 'refund_due'],
  delivered: ['refund_due'],
  expired: [],
  cancelled: [],
  refund_due: ['refunded'],
  refunded: [],
};
const sold = (state) => ['paid', 'processing', 'shipped', 'delivered'].includes(state);

export const orders = Array.from({ length: 140 }, (_, n) => {
  const customer = pick(customers);
  const state = n < 3 ? ['pending_payment', 'paid', 'processing'][n] : pick(STATES.slice(n < 20 ? 0 : 3));
  const items = Array.from({ length: int(1, 3) }, () => {
    const p = pick(products);
    const v = pick(p.variants);
    return {
      sku: p.sku,
      name: p.name,
      size: v.size,
      colour: v.colour,
      quantity: int(1, 2),
      unit_price: p.price,
      image: p.image,
      product_id: p.id,
    };
  });
  const placed = n * 590 + int(4, 300);
  const subtotal = items.reduce((sum, item) => sum + item.quantity * item.unit_price, 0);
  const discount = n % 6 === 0 ? Math.round(subtotal / 10) : 0;
  const total = subtotal - discount + 25000;
  const payment_state = sold(state)
    ? 'succeeded'
    : state === 'payment_failed'
      ? 'failed'
      : state === 'pending_payment'
        ? 'pending'
        : null;
  const payments = payment_state
    ? [
        {
          id: id(),
          provider: 'sandbox',
          amount: total,
          state: payment_state,
          receipt: payment_state === 'succeeded' ? `TKL${1000000 + n}` : null,
          requested_at: at(placed - 2),
          settled_at: payment_state === 'succeeded' ? at(placed - 3) : null,
          failure: payment_state === 'failed' ? 'wrong_pin' : null,
        },
      ]
    : [];
  const order = {
    id: id(),
    number: `DK-${(48271 + n * 7919).toString(36).toUpperCase()}`,
    placed_at: at(placed),
    customer: who(customer),
    state,
    payment_state,
    fulfilment:
      state === 'shipped' ? 'shipped' : state === 'delivered' ? 'delivered' : sold(state) ? 'pending' : 'none',
    total,
    items_count: items.reduce((sum, item) => sum + item.quantity, 0),
    version: 1,
    items,
    subtotal,
    discount,
    coupon: discount ? 'KARIBU10' : null,
    delivery_fee: 25000,
    address: 'Westlands, Mpaka Road, opposite the stage',
    zone: 'nairobi',
    pickup: false,
    wholesale: false,
    payments,
    timeline: [
      { at: at(placed), kind: 'placed', actor: 'customer', text: null },
      ...(payments[0]?.settled_at
        ? [{ at: payments[0].settled_at, kind: 'paid', actor: null, text: payments[0].receipt }]
        : []),
    ],
    next_states: NEXT[state],
    notes: n % 9 === 0 ? [{ at: at(placed - 10), by: 'Amina', text: 'Wrap as a gift.' }] : [],
  };
  for (const payment of payments)
    Object.assign(payment, { order: { id: order.id, number: order.number }, customer: order.customer });
  if (sold(state)) {
    customer.lifetime_value += total;
    customer.orders_count += 1;
    customer.last_order_at ??= order.placed_at;
  }
  return order;
}).sort((a, b) => b.placed_at.localeCompare(a.placed_at));
export const isSold = (order) => sold(order.state);

const CHAT = [
  ['in', 'Niaje, uko na dress ya blue size M?'],
  [
    'out',
    'Sasa! 👋 Ndio, cheki hizi:\n1. Pendo Blue Wrap Dress – KES 2,900 (S, M, L)\n2. Bahari Blue Floral Midi Dress – KES 2,600 (S, M, L, XL)\nUnataka gani? Tuma number tu.',
  ],
  ['in', 'Ya kwanza. Na delivery Westlands ni how much?'],
  ['out', 'Delivery Westlands ni KES 250, inafika kesho. Nikuwekee Pendo Blue Wrap Dress size M?'],
  ['in', 'Eeh weka'],
  [
    'out',
    'Poa! Cart yako: Pendo Blue Wrap Dress (M, blue) – KES 2,900. Total na delivery ni KES 3,150. Nitume M-Pesa prompt?',
  ],
  ['in', 'Sawa tuma'],
  ['out', 'Order DK-URMTL2 iko set. Cheki simu yako, weka PIN. Imeshikiliwa 30 min.'],
  ['in', 'Nimelipa. Mnaweza leta before 5?'],
];
export const conversations = customers
  .slice(0, 14)
  .map((customer, n) => ({
    id: id(),
    customer: who(customer),
    last: {
      text:
        n % 3 === 0
          ? 'Nimelipa. Mnaweza leta before 5?'
          : pick(['Thank you! 🙏', 'How much is the red one?', 'Iko size gani?', 'Naweza lipa kesho?']),
      at: at(n * 97 + 3),
      direction: n % 3 === 2 ? 'out' : 'in',
      kind: 'text',
    },
    unread: n < 4 ? int(1, 3) : 0,
    handed_off: n === 0 || n === 2,
    waiting_since: n === 0 ? at(12) : n === 2 ? at(190) : null,
    stage: pick(['browsing', 'cart', 'paying', 'paid']),
    language: customer.language,
    test: false,
  }))
  .sort((a, b) => Number(!!b.waiting_since) - Number(!!a.waiting_since));
export const messages = new Map(
  conversations.map((conversation, c) => [
    conversation.id,
    CHAT.map(([direction, text], n) => ({
      id: id(),
      direction,
      author: direction === 'in' ? 'customer' : 'assistant',
      kind: 'text',
      text,
      media: null,
      transcript: null,
      options: n === 1 ? ['1. Pendo', '2. Bahari'] : [],
      status: 'read',
      at: at(c * 97 + (CHAT.length - n) * 4),
      turn_id: direction === 'out' ? id() : null,
      markers:
        n === 7
          ? [{ kind: 'order', id: orders[0].id, text: 'DK-URMTL2', amount: 315_000, start: null, at: at(0) }]
          : [],
      error: null,
      location: null,
    }))
      .flatMap((message, n) =>
        n === 0 && c % 2 === 0
          ? [
              {
                ...message,
                id: id(),
                kind: 'image',
                media: '/v1/media/zc-001.jpg',
                text: 'Kama hii?',
                at: at(c * 97 + 60),
              },
              message,
            ]
          : [message],
      )
      .reverse(),
  ]),
);

export const services = csv(file('services.csv')).map(
  ([code, name, description, minutes, price, days, open, close]) => ({
    id: id(),
    code,
    name,
    description,
    duration_min: Number(minutes),
    price: price * 100,
    days: days.split('|').map((d) => d.toLowerCase()),
    open,
    close,
    lanes: ['Amina', 'Rose'],
    active: true,
    version: 1,
  }),
);
export const appointments = Array.from({ length: 16 }, (_, n) => {
  const service = pick(services);
  const start = new Date(Date.now() + (n - 5) * 0.7 * 86400_000);
  start.setUTCHours(6 + int(0, 8), pick([0, 30]), 0, 0);
  return {
    id: id(),
    service: { id: service.id, name: service.name },
    customer: who(pick(customers)),
    start: start.toISOString(),
    end: new Date(start.getTime() + service.duration_min * 60_000).toISOString(),
    lane: pick(['Amina', 'Rose']),
    status: n < 3 ? 'completed' : n === 9 ? 'cancelled' : 'booked',
    price: service.price,
    paid: n % 2 === 0,
    notes: '',
    version: 1,
  };
});
