import { Button, Container, Skeleton, Stack } from '@mantine/core';
import { IconLock, IconMapOff, IconMoodSad } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
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

export function Crashed() {
  const t = useText(shellText);
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
