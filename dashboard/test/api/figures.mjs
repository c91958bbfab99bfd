import { day, int, isSold, orders, products, services } from './data.mjs';

export const days = (n, make) => Array.from({ length: n }, (_, i) => make(day(n - 1 - i), i));
export const revenue = (d) =>
  orders.filter((o) => isSold(o) && o.placed_at.slice(0, 10) === d).reduce((sum, o) => sum + o.total, 0);
export const best = () =>
  products.slice(0, 8).map((p, n) => ({
    product_id: p.id,
    name: p.name,
    image: p.image,
    units: 14 - n,
    revenue: p.price * (14 - n),
    share: (14 - n) / 84,
    sku: p.sku,
    turnover: 1.4 - n / 10,
  }));

/** What the pages of figures show. */
export const figures = {
  'GET /analytics/revenue': () => ({
    definition: 'Orders that are paid, at what was paid, by the day of payment. Refunds are taken off.',
    points: days(30, (d, n) => ({ at: d, revenue: revenue(d) + 200_000 + (n % 7) * 80_000, orders: int(1, 8) })),
    total: 18_420_000,
    previous_total: 15_000_000,
  }),
  'GET /analytics/products': () => ({
    definition: 'Units of paid orders. Turnover is units sold by average stock.',
    items: best(),
    total: 84,
  }),
  'GET /analytics/acquisition': () => ({
    definition: 'People who wrote for the first time on that day.',
    points: days(30, (d) => ({ at: d, customers: int(0, 9) })),
    total: 128,
  }),
  'GET /analytics/funnel': () => ({
    definition: 'Conversations that got at least this far.',
    stages: [
      ['started', 412],
      ['asked', 338],
      ['cart', 164],
      ['checkout', 121],
      ['paid', 96],
    ].map(([stage, count]) => ({ stage, count })),
  }),
  'GET /analytics/orders': () => ({
    definition: 'Average of paid orders without refunds.',
    average: 312_000,
    count: 96,
    refunds: 2,
    points: days(30, (d) => ({ at: d, average: int(220, 420) * 1000, count: 3 })),
  }),
  'GET /analytics/messages': () => ({
    definition: 'Time from a message to the first answer.',
    points: days(30, (d) => ({ at: d, incoming: int(20, 90), outgoing: int(25, 100) })),
    p50_millis: 640,
    p95_millis: 2900,
    busiest: Array.from({ length: 24 }, (_, hour) => ({ hour, count: hour < 7 ? int(0, 5) : int(10, 60) })),
  }),
  'GET /analytics/assistant': () => ({
    definition: 'Understood: turns with a certain intent.',
    turns: 3120,
    understood: 0.94,
    completed: 0.88,
    handed_over: 0.06,
    minutes_saved: 2960,
    sales_share: 0.82,
  }),
  'GET /analytics/satisfaction': () => ({
    definition: 'Ratings and reactions from 0 to 1.',
    score: 0.91,
    ratings: 88,
    positive: 76,
    neutral: 7,
    negative: 5,
    points: days(30, (d) => ({ at: d, score: int(80, 99) / 100 })),
  }),
  'GET /analytics/customers': () => ({
    definition: 'Repeat: bought twice or more.',
    repeat_rate: 0.31,
    days_between_orders: 18.4,
    new: 52,
    returning: 44,
  }),
  'GET /analytics/services': () => ({
    definition: 'Booked time by open time.',
    items: services.map((s, n) => ({
      name: s.name,
      booked: 12 - n,
      cancelled: 1,
      utilisation: 0.6 - n / 12,
      revenue: s.price * (12 - n),
    })),
  }),
  'GET /analytics/hints': () => ({
    hints: [
      {
        kind: 'stock',
        title: 'Size M of Neema Red Evening Gown was asked for 7 times while sold out',
        text: 'At the usual rate that is KES 20,400 of sales in 30 days.',
        link: `/products/${products[2].id}`,
      },
      {
        kind: 'hours',
        title: 'Most messages come between 19:00 and 21:00',
        text: 'Post new arrivals then: 38 % of orders start in these hours.',
        link: '/analytics?tab=service',
      },
    ],
  }),
};
