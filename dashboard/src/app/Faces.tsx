import { Button, Container, Skeleton, Stack } from '@mantine/core';
import { IconLock, IconMapOff, IconMoodSad, IconPlugConnectedX } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Problem } from '@/shared/api/problem';
import { useText } from '@/shared/i18n/text';
import { ListSkeleton } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { shellText } from './shell.text';

export function Waiting() {
  return (
    <Stack gap="lg" maw={1400} mx="auto" w="100%">
      <Skeleton h={36} w={220} radius="md" />
      <ListSkeleton />
    </Stack>
  );
}

export function NotFound() {
  const t = useText(shellText);
  return (
    <Container size="sm" py="xl">
      <Nothing icon={IconMapOff} title={t.notFound} hint={t.notFoundHint}>
        <Button component={Link} to="/">
          {t.home}
        </Button>
      </Nothing>
    </Container>
  );
}

export function Denied() {
  const t = useText(shellText);
  return (
    <Nothing icon={IconLock} title={t.denied} hint={t.deniedHint}>
      <Button component={Link} to="/">
        {t.home}
      </Button>
    </Nothing>
  );
}

/** What a page shows that could not be drawn: the shop is out of reach, or something broke. */
export function Crashed({ error }: { error: unknown }) {
  const t = useText(shellText);
  if (error instanceof Problem) return <Unreachable />;
  return (
    <Container size="sm" py="xl">
      <Nothing icon={IconMoodSad} title={t.crashed} hint={t.crashedHint}>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {t.reload}
        </Button>
      </Nothing>
    </Container>
  );
}

function Unreachable() {
  const t = useText(shellText);
  const router = useRouter();
  useEffect(() => {
    const again = () => void router.invalidate();
    const asking = setInterval(again, 10_000);
    addEventListener('online', again);
    return () => {
      clearInterval(asking);
      removeEventListener('online', again);
    };
  }, [router]);
  return (
    <Container size="sm" py="xl">
      <Nothing icon={IconPlugConnectedX} title={t.noShop} hint={t.noShopHint}>
        <Button onClick={() => void router.invalidate()}>{t.reload}</Button>
      </Nothing>
    </Container>
  );
}
