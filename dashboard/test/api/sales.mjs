// Orders, payments and the first page.
import { at, conversations, id, int, NEXT, orders, products } from './data.mjs';
import { best, days, revenue } from './figures.mjs';
import { has, one, page, tell, Refused } from './table.mjs';
import { user } from './people.mjs';

const found = (o, q) =>
  (!q.state || q.state.split(',').includes(o.state)) &&
  (!q.customer || o.customer.id === q.customer) &&
  (has(o.number, q.q) || has(o.customer.name, q.q)) &&
  (!q.from || o.placed_at >= q.from) &&
  (!q.to || o.placed_at.slice(0, 10) <= q.to) &&
  (!q.min || o.total >= q.min) &&
  (!q.max || o.total <= q.max);

export const sales = {
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
  'POST /simulator/payments': () => {
    tell('order', { id: orders[0].id, what: 'placed', number: orders[0].number });
  },
};
