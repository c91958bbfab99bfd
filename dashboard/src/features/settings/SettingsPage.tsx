import { Box, NavLink, Select } from '@mantine/core';
import {
  IconBuildingStore,
  IconCalendar,
  IconCash,
  IconClock,
  IconDiscount,
  IconFileText,
  IconHandStop,
  IconMoodSmile,
  IconPlug,
  IconSparkles,
  IconTruck,
  type Icon,
} from '@tabler/icons-react';
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { useCan, type Right } from '@/shared/session/session';
import { ListSkeleton } from '@/shared/ui/Loaded';
import { Page } from '@/shared/ui/Page';
import { settingsText } from './settings.text';
import classes from './settings.module.css';

type Key =
  | 'profile'
  | 'hours'
  | 'delivery'
  | 'policies'
  | 'coupons'
  | 'personality'
  | 'payments'
  | 'channels'
  | 'handover'
  | 'bookings'
  | 'models';
interface Part {
  key: Key;
  icon: Icon;
  /** Beside the right to change settings. */
  right?: Right;
  form: LazyExoticComponent<ComponentType>;
}

const PARTS: Part[] = [
  {
    key: 'profile',
    icon: IconBuildingStore,
    form: lazy(() => import('./components/ProfileForm').then((m) => ({ default: m.ProfileForm }))),
  },
  {
    key: 'hours',
    icon: IconClock,
    form: lazy(() => import('./components/HoursForm').then((m) => ({ default: m.HoursForm }))),
  },
  {
    key: 'delivery',
    icon: IconTruck,
    form: lazy(() => import('./components/DeliveryForm').then((m) => ({ default: m.DeliveryForm }))),
  },
  {
    key: 'policies',
    icon: IconFileText,
    form: lazy(() => import('./components/PoliciesForm').then((m) => ({ default: m.PoliciesForm }))),
  },
  {
    key: 'coupons',
    icon: IconDiscount,
    form: lazy(() => import('./components/CouponsForm').then((m) => ({ default: m.CouponsForm }))),
  },
  {
    key: 'personality',
    icon: IconMoodSmile,
    form: lazy(() => import('./components/PersonalityForm').then((m) => ({ default: m.PersonalityForm }))),
  },
  {
    key: 'payments',
    right: 'integrations:manage',
    icon: IconCash,
    form: lazy(() => import('./components/PaymentsForm').then((m) => ({ default: m.PaymentsForm }))),
  },
  {
    key: 'channels',
    right: 'integrations:manage',
    icon: IconPlug,
    form: lazy(() => import('./components/ChannelsForm').then((m) => ({ default: m.ChannelsForm }))),
  },
  {
    key: 'handover',
    icon: IconHandStop,
    form: lazy(() => import('./components/HandoverForm').then((m) => ({ default: m.HandoverForm }))),
  },
  {
    key: 'bookings',
    icon: IconCalendar,
    form: lazy(() => import('./components/BookingRulesForm').then((m) => ({ default: m.BookingRulesForm }))),
  },
  {
    key: 'models',
    icon: IconSparkles,
    form: lazy(() => import('./components/ModelsForm').then((m) => ({ default: m.ModelsForm }))),
  },
];

export function SettingsPage() {
  const t = useText(settingsText);
  const [{ tab = 'profile' }, change] = useUrlState();
  const can = useCan();
  const parts = PARTS.filter((part) => can(part.right));
  const Form = (parts.find((part) => part.key === tab) ?? parts[0])?.form;
  const go = (next: string) => {
    change({ tab: next });
  };
  return (
    <Page title={t.title}>
      <Select
        hiddenFrom="md"
        aria-label={t.section}
        allowDeselect={false}
        size="md"
        value={tab}
        onChange={(next) => {
          if (next) go(next);
        }}
        data={parts.map((part) => ({ value: part.key, label: t[part.key] }))}
      />
      <Box className={classes.page}>
        <Box component="nav" visibleFrom="md" aria-label={t.section}>
          {parts.map((part) => (
            <NavLink
              key={part.key}
              component="button"
              label={t[part.key]}
              leftSection={<part.icon size={20} stroke={1.8} />}
              active={part.key === tab}
              aria-current={part.key === tab ? 'page' : undefined}
              onClick={() => {
                go(part.key);
              }}
            />
          ))}
        </Box>
        <Box miw={0} maw={760}>
          <Suspense fallback={<ListSkeleton />}>{Form && <Form />}</Suspense>
        </Box>
      </Box>
    </Page>
  );
}
