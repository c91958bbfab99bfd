// Every page, in the state in which it is worth looking at.
const first = (page, path) =>
  page.evaluate(
    async (path) =>
      (await (await fetch(`/v1/${path}`, { headers: { 'X-TENANT-ID': localStorage.getItem('duka.shop') } })).json())
        .items[0]?.id,
    path,
  );

const PAGES = [
  ['login', '/login'],
  ['signup', '/signup'],
  ['overview', '/'],
  ['orders', '/orders'],
  ['orders-board', '/orders?view=board'],
  ['order', async (page) => `/orders/${await first(page, 'orders')}`],
  ['inbox', '/inbox'],
  ['chat', async (page) => `/inbox/${await first(page, 'conversations')}`],
  ['products', '/products'],
  ['products-grid', '/products?view=grid'],
  ['product', async (page) => `/products/${await first(page, 'products')}`],
  ['product-new', '/products/new'],
  ['import', '/products/import'],
  ['simulator', '/simulator'],
  ['customers', '/customers'],
  ['customers-segments', '/customers?tab=segments'],
  ['customer', async (page) => `/customers/${await first(page, 'customers')}`],
  ['bookings', '/bookings'],
  ['bookings-list', '/bookings?view=list'],
  ['bookings-services', '/bookings?view=services'],
  ['money', '/money'],
  ['analytics', '/analytics'],
  ['analytics-products', '/analytics?tab=products'],
  ['analytics-customers', '/analytics?tab=customers'],
  ['analytics-service', '/analytics?tab=service'],
  ['knowledge', '/knowledge'],
  ['knowledge-phrases', '/knowledge?tab=phrases'],
  ['knowledge-lessons', '/knowledge?tab=lessons'],
  ['team', '/team'],
  ['team-roles', '/team?tab=roles'],
  ['team-keys', '/team?tab=keys'],
  ['team-audit', '/team?tab=audit'],
  ...[
    'profile',
    'hours',
    'delivery',
    'policies',
    'coupons',
    'personality',
    'payments',
    'channels',
    'handover',
    'bookings',
    'models',
  ].map((tab) => [`settings-${tab}`, `/settings?tab=${tab}`]),
  ['account', '/account'],
  ['welcome', '/welcome'],
  ['operator', '/operator'],
  ['gallery', '/gallery'],
  ['not-found', '/nowhere'],
];

/** Goes through the pages whose name holds one of the wanted words, signed in; yields a name when its page is open. */
export async function* openPages(page, address, wanted = []) {
  const want = (name) =>
    wanted.length === 0 ||
    wanted.some((word) => (word.endsWith('$') ? name === word.slice(0, -1) : name.includes(word)));
  for (const [name, where] of PAGES) {
    if (!want(name)) continue;
    const path = typeof where === 'string' ? where : await where(page);
    if (path === undefined) continue;
    await page.goto(address + path);
    yield name;
  }
}
