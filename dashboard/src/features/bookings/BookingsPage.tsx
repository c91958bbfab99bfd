import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { usePhone } from '@/shared/hooks/usePhone';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { Page } from '@/shared/ui/Page';
import { bookingsText } from './bookings.text';
import { BookingList } from './components/BookingList';
import { NewBooking } from './components/NewBooking';

const Services = lazy(() => import('./components/Services').then((m) => ({ default: m.Services })));
const Calendar = lazy(() => import('./components/Calendar').then((m) => ({ default: m.Calendar })));

export function BookingsPage() {
  const t = useText(bookingsText);
  const [{ view }, change] = useUrlState();
  const [opened, { open, close }] = useDisclosure(false);
  const phone = usePhone();
  const shown = view ?? (phone ? 'list' : 'calendar');
  return (
    <Page
      title={t.title}
      actions={
        <>
          <SegmentedControl
            value={shown}
            onChange={(next) => {
              change({ view: next });
            }}
            data={[
              { value: 'calendar', label: t.calendar },
              { value: 'list', label: t.list },
              { value: 'services', label: t.services },
            ]}
          />
          {shown !== 'services' && (
            <Can right="appointments:edit">
              <Button leftSection={<IconPlus size={18} />} onClick={open}>
                {t.newBooking}
              </Button>
            </Can>
          )}
        </>
      }
    >
      {shown === 'calendar' && (
        <Suspense fallback={<Skeleton h={560} radius="lg" />}>
          <Calendar />
        </Suspense>
      )}
      {shown === 'list' && <BookingList />}
      {shown === 'services' && (
        <Suspense fallback={<Skeleton h={300} radius="lg" />}>
          <Services />
        </Suspense>
      )}
      <NewBooking opened={opened} onClose={close} />
    </Page>
  );
}
