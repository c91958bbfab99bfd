import {
  IconBook2,
  IconBox,
  IconCalendar,
  IconCash,
  IconChartBar,
  IconDeviceMobileMessage,
  IconHome,
  IconMessages,
  IconReceipt,
  IconSettings,
  IconShieldLock,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Right } from '@/shared/session/session';
import type { shellText } from './shell.text';

export interface Way {
  to: string;
  key: keyof (typeof shellText)['en'];
  icon: Icon;
  right?: Right;
}

/** Every page in the order of the menu. The first four are the bar on a phone. */
export const WAYS: Way[] = [
  { to: '/', key: 'overview', icon: IconHome },
  { to: '/orders', key: 'orders', icon: IconReceipt, right: 'orders:view' },
  { to: '/inbox', key: 'inbox', icon: IconMessages, right: 'conversations:view' },
  { to: '/products', key: 'products', icon: IconBox, right: 'catalog:view' },
  { to: '/customers', key: 'customers', icon: IconUsers, right: 'customers:view' },
  { to: '/bookings', key: 'bookings', icon: IconCalendar, right: 'appointments:view' },
  { to: '/money', key: 'money', icon: IconCash, right: 'finance:view' },
  { to: '/analytics', key: 'analytics', icon: IconChartBar, right: 'analytics:view' },
  { to: '/simulator', key: 'simulator', icon: IconDeviceMobileMessage, right: 'handoff:perform' },
  { to: '/knowledge', key: 'knowledge', icon: IconBook2, right: 'knowledge:manage' },
  { to: '/team', key: 'team', icon: IconUsersGroup, right: 'users:manage' },
  { to: '/settings', key: 'settings', icon: IconSettings, right: 'settings:manage' },
];
export const ACCOUNT: Way = { to: '/account', key: 'account', icon: IconUserCircle };
export const OPERATOR: Way = { to: '/operator', key: 'operator', icon: IconShieldLock };

export const isAt = (path: string, to: string) =>
  to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
