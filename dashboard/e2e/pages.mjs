// Every page, in the state in which it is worth looking at.
const first = (page, path) =>
  page.evaluate(
    async (path) =>
      (await (await fetch(`/v1/${path}`, { headers: { 'X-TENANT-ID': localStorage.getItem('duka.shop') } })).json())
        .items[0]?.id,
    path,
  );

const press = (name) => (page) => page.getByRole('button', { name }).first().click();

// What it is called, where it is, and what is opened on it.
const PAGES = [
  ['login', '/login'],
  ['signup', '/signup'],
  ['overview', '/'],
  ['orders', '/orders'],
  ['orders-board', '/orders?view=board'],
  ['order', async (page) => `/orders/${await first(page, 'orders')}`],
  ['inbox', '/inbox'],
  ['chat', async (page) => `/inbox/${await first(page, 'conversations')}`],
  ['chat-customer', async (page) => `/inbox/${await first(page, 'conversations')}`, press(/^(Customer|Mteja)$/)],
  ['palette', '/', (page) => page.keyboard.press('Control+k')],
  ['products', '/products'],
  ['products-stock', '/products', press(/in stock:|Zipo \d+:/)],
  ['products-grid', '/products?view=grid'],
  ['product', async (page) => `/products/${await first(page, 'products')}`],
  ['product-new', '/products/new'],
  ['import', '/products/import'],
  ['simulator', '/simulator'],
  ['customers', '/customers'],
  ['customers-segments', '/customers?tab=segments'],
  ['customers-segment-new', '/customers?tab=segments', press(/^(New group|Kikundi kipya)$/)],
  ['customer', async (page) => `/customers/${await first(page, 'customers')}`],
  ['bookings', '/bookings'],
  ['bookings-list', '/bookings?view=list'],
  ['bookings-new', '/bookings?view=list', press(/^(New booking|Miadi mpya)$/)],
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
  ['team-invite', '/team', press(/^(Invite|Alika)$/)],
  ['team-key', '/team?tab=keys', press(/^(New key|Ufunguo mpya)$/)],
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
  ['not-found', '/nowhere'],
];

/** Goes through the pages whose name holds one of the wanted words, signed in; yields a name when its page is open. */
export async function* openPages(page, address, wanted = []) {
  const want = (name) =>
    wanted.length === 0 ||
    wanted.some((word) => (word.endsWith('$') ? name === word.slice(0, -1) : name.includes(word)));
  for (const [name, where, act] of PAGES) {
    if (!want(name)) continue;
    const path = typeof where === 'string' ? where : await where(page);
    if (path === undefined) continue;
    await page.goto(address + path);
    await act?.(page);
    yield name;
  }
}
