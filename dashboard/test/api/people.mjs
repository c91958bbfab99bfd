// Who is signed in, the team, and the installation.
import { at, id } from './data.mjs';
import { crud, lists, page, Refused } from './table.mjs';

export const RIGHTS =
  'catalog:view catalog:edit orders:view orders:edit services:edit appointments:view appointments:edit conversations:view handoff:perform customers:view customers:edit finance:view finance:withdraw:initiate finance:withdraw:approve analytics:view marketing:manage integrations:manage settings:manage knowledge:manage users:manage audit:view'.split(
    ' ',
  );
export const user = {
  id: id(),
  email: 'amina@zuri.example',
  name: 'Amina Hassan',
  locale: 'en',
  totp: false,
  operator: true,
};
export const shops = [
  { id: id(), slug: 'zuri', name: 'Zuri Collections', role: 'owner' },
  { id: id(), slug: 'malkia', name: 'Malkia Boutique', role: 'admin' },
];
export const me = {
  user,
  shop: { ...shops[0], currency: 'KES', timezone: 'Africa/Nairobi', language: 'en', kind: 'clothes' },
  role: 'owner',
  rights: RIGHTS,
  onboarding: ['profile', 'catalogue'],
};
const login = { token: null, refresh_token: null, expires_at: at(-15), user, shops };

lists.roles = ['owner', 'admin', 'finance_admin', 'catalog_manager', 'support_lead', 'analyst'].map((role, n) => ({
  id: role,
  name: role,
  rights: RIGHTS.slice(0, 21 - n * 3),
  built_in: true,
  members: n < 2 ? 1 : 0,
}));

export const people = {
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
