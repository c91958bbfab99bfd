// Every page, in the state in which it is worth looking at.
const first = (page, path) =>
  page.evaluate(
    async (path) =>
      (await (await fetch(`/v1/${path}`, { headers: { 'X-TENANT-ID': localStorage.getItem('duka.shop') } })).json())
        .items[0]?.id,
    path,
  );

const PAGES = [
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

/** Signs in and goes through the pages whose name holds one of the wanted words; yields a name when a page has settled. */
export async function* openPages(page, address, wanted) {
  const want = (name) =>
    wanted.length === 0 ||
    wanted.some((word) => (word.endsWith('$') ? name === word.slice(0, -1) : name.includes(word)));
  const settled = () =>
    page
      .waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root'), undefined, {
        timeout: 15_000,
      })
      .catch(() => undefined);
  await page.goto(`${address}/login`);
  await page.getByRole('button', { name: /sign in|ingia/i }).waitFor();
  if (want('login')) yield 'login';
  if (want('signup')) {
    await page.goto(`${address}/signup`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    yield 'signup';
    await page.goto(`${address}/login`);
  }
  await page.locator('input[type=email]').fill(process.env.DUKA_EMAIL ?? 'amina@zuri.example');
  await page.locator('input[autocomplete=current-password]').fill(process.env.DUKA_PASSWORD ?? 'a password for trying');
  await page.getByRole('button', { name: /sign in|ingia/i }).click();
  await page.locator('#page h1').waitFor();
  for (const [name, where] of PAGES) {
    if (!want(name)) continue;
    await page.goto(address + (typeof where === 'string' ? where : await where(page)));
    await page
      .locator('h1, [role=alert], .mantine-EmptyState-root')
      .first()
      .waitFor({ timeout: 15_000 })
      .catch(() => undefined);
    await page.waitForTimeout(250);
    await settled();
    yield name;
  }
}
