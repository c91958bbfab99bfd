// Chats, customers, and what is learnt from them.
import { at, conversations, customers, day, id, messages, orders } from './data.mjs';
import { crud, has, list, lists, one, page } from './table.mjs';
import { user } from './people.mjs';

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
  markers: [],
  error: null,
  location: null,
  ...extra,
});

export const talk = {
  'GET /conversations': ({ q }) =>
    page(
      conversations.filter((c) => (q.filter !== 'waiting' || c.waiting_since) && has(c.customer.name, q.q)),
      q,
    ),
  'GET /conversations/:id': ({ params }) => {
    const c = one(conversations, params.id);
    return {
      ...c,
      writable: true,
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
    [{ id: id(), q: 'Is there parking?', a: 'Yes, the basement is free for the first hour.', active: true }],
    (b) => ({ ...b, active: true }),
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
  'GET /simulator/messages': () => ({
    items: sim.messages,
    conversation_id: null,
    customer_id: sim.messages.length ? customers[0].id : null,
  }),
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
};
