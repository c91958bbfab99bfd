import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type RouteComponent,
} from '@tanstack/react-router';
import { LoginPage } from '@/features/auth/LoginPage';
import { OverviewPage } from '@/features/overview/OverviewPage';
import { Problem } from '@/shared/api/problem';
import { meQuery, type Me, type Right } from '@/shared/session/session';
import { Crashed, Denied, NotFound, Waiting } from './Faces';
import { queries } from './queries';
import { Shell } from './Shell';

type Search = Record<string, string | undefined>;

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

// The first two pages come with the shell: one request instead of dozens. All others are loaded when they are gone to.

/** All that needs a session: asks who is signed in before anything is drawn. */
const inside = createRoute({
  id: 'inside',
  getParentRoute: () => root,
  component: Shell,
  beforeLoad: async ({ location }) => {
    const me = await queries.ensureQueryData(meQuery).catch((error: unknown) => {
      // Who has no session signs in; a shop that cannot be reached is another thing.
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) return undefined;
      throw error;
    });
    if (!me) {
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { then: location.href } });
    }
    if (!me.shop.id && location.pathname === '/') throw redirect({ to: '/operator' });
  },
});

/** A page of the shop, for those who have the right or are who it is for. */
function page<const P extends string>(
  path: P,
  load: () => Promise<RouteComponent>,
  needs?: Right | ((me: Me) => boolean),
) {
  const Lazy = lazyRouteComponent(async () => ({ default: await load() }));
  const may = () => {
    const me = queries.getQueryData(meQuery.queryKey);
    if (!me || needs === undefined) return me !== undefined;
    return typeof needs === 'function' ? needs(me) : me.rights.includes(needs);
  };
  const component = () => (may() ? <Lazy /> : <Denied />);
  return createRoute({
    path,
    getParentRoute: () => inside,
    component,
    loader: () => (may() ? Lazy.preload?.() : undefined),
  });
}

function open<const P extends string>(path: P, load: () => Promise<RouteComponent>) {
  const component = lazyRouteComponent(async () => ({ default: await load() }));
  return createRoute({ path, getParentRoute: () => root, component });
}

const tree = root.addChildren([
  open('/login', () => Promise.resolve(LoginPage)),
  open('/signup', () => import('@/features/auth/SignupPage').then((m) => m.SignupPage)),
  open('/invitation/$token', () => import('@/features/auth/InvitationPage').then((m) => m.InvitationPage)),
  inside.addChildren([
    page('/', () => Promise.resolve(OverviewPage)),
    page('/orders', () => import('@/features/orders/OrdersPage').then((m) => m.OrdersPage), 'orders:view'),
    page('/orders/$id', () => import('@/features/orders/OrderPage').then((m) => m.OrderPage), 'orders:view'),
    page('/inbox', () => import('@/features/inbox/InboxPage').then((m) => m.InboxPage), 'conversations:view'),
    page('/inbox/$id', () => import('@/features/inbox/InboxPage').then((m) => m.InboxPage), 'conversations:view'),
    page('/products', () => import('@/features/products/ProductsPage').then((m) => m.ProductsPage), 'catalog:view'),
    page(
      '/products/new',
      () => import('@/features/products/NewProductPage').then((m) => m.NewProductPage),
      'catalog:edit',
    ),
    page('/products/import', () => import('@/features/products/ImportPage').then((m) => m.ImportPage), 'catalog:edit'),
    page('/products/$id', () => import('@/features/products/ProductPage').then((m) => m.ProductPage), 'catalog:view'),
    page(
      '/customers',
      () => import('@/features/customers/CustomersPage').then((m) => m.CustomersPage),
      'customers:view',
    ),
    page(
      '/customers/$id',
      () => import('@/features/customers/CustomerPage').then((m) => m.CustomerPage),
      'customers:view',
    ),
    page(
      '/bookings',
      () => import('@/features/bookings/BookingsPage').then((m) => m.BookingsPage),
      'appointments:view',
    ),
    page('/money', () => import('@/features/money/MoneyPage').then((m) => m.MoneyPage), 'finance:view'),
    page(
      '/analytics',
      () => import('@/features/analytics/AnalyticsPage').then((m) => m.AnalyticsPage),
      'analytics:view',
    ),
    page(
      '/simulator',
      () => import('@/features/simulator/SimulatorPage').then((m) => m.SimulatorPage),
      'handoff:perform',
    ),
    page(
      '/knowledge',
      () => import('@/features/knowledge/KnowledgePage').then((m) => m.KnowledgePage),
      'knowledge:manage',
    ),
    page('/team', () => import('@/features/team/TeamPage').then((m) => m.TeamPage), 'users:manage'),
    page('/settings', () => import('@/features/settings/SettingsPage').then((m) => m.SettingsPage), 'settings:manage'),
    page('/account', () => import('@/features/account/AccountPage').then((m) => m.AccountPage)),
    page('/welcome', () => import('@/features/onboarding/WelcomePage').then((m) => m.WelcomePage), 'settings:manage'),
    page('/gallery', () => import('@/features/gallery/GalleryPage').then((m) => m.GalleryPage)),
    page(
      '/operator',
      () => import('@/features/operator/OperatorPage').then((m) => m.OperatorPage),
      (me) => me.user.operator,
    ),
  ]),
]);

// Everything in an address is text: `?q=5` is the search for "5".
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Waiting,
  defaultPendingMs: 150,
  defaultErrorComponent: Crashed,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).filter(([, value]) => value !== undefined) as [string, string][],
    ).toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
