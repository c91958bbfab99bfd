import { texts } from '@/shared/i18n/text';

/** The names of roles and rights; what is not named here is shown as it is called. */
export const roleNames = texts({
  en: { owner: 'Owner', admin: 'Admin', finance_admin: 'Finance', catalog_manager: 'Catalogue', support_lead: 'Support', analyst: 'Analyst' },
  sw: { owner: 'Mwenye duka', admin: 'Msimamizi', finance_admin: 'Fedha', catalog_manager: 'Bidhaa', support_lead: 'Huduma kwa wateja', analyst: 'Mchambuzi' },
});

export const rightNames = texts({
  en: {
    'catalog:view': 'See products', 'catalog:edit': 'Change products', 'orders:view': 'See orders', 'orders:edit': 'Move orders', 'services:edit': 'Change services', 'appointments:view': 'See bookings', 'appointments:edit': 'Change bookings', 'conversations:view': 'Read conversations', 'handoff:perform': 'Answer customers', 'customers:view': 'See customers', 'customers:edit': 'Change customers',
    'finance:view': 'See payments', 'finance:withdraw:initiate': 'Ask for withdrawals', 'finance:withdraw:approve': 'Approve withdrawals', 'analytics:view': 'See figures', 'marketing:manage': 'Send campaigns', 'integrations:manage': 'Connect services', 'settings:manage': 'Change settings', 'knowledge:manage': 'Change knowledge', 'users:manage': 'Manage the team', 'audit:view': 'See the log',
  },
  sw: {
    'catalog:view': 'Kuona bidhaa', 'catalog:edit': 'Kubadilisha bidhaa', 'orders:view': 'Kuona oda', 'orders:edit': 'Kuhamisha oda', 'services:edit': 'Kubadilisha huduma', 'appointments:view': 'Kuona miadi', 'appointments:edit': 'Kubadilisha miadi', 'conversations:view': 'Kusoma mazungumzo', 'handoff:perform': 'Kujibu wateja', 'customers:view': 'Kuona wateja', 'customers:edit': 'Kubadilisha wateja',
    'finance:view': 'Kuona malipo', 'finance:withdraw:initiate': 'Kuomba kutoa pesa', 'finance:withdraw:approve': 'Kuidhinisha kutoa pesa', 'analytics:view': 'Kuona takwimu', 'marketing:manage': 'Kutuma kampeni', 'integrations:manage': 'Kuunganisha huduma', 'settings:manage': 'Kubadilisha mipangilio', 'knowledge:manage': 'Kubadilisha maarifa', 'users:manage': 'Kusimamia timu', 'audit:view': 'Kuona kumbukumbu',
  },
});
