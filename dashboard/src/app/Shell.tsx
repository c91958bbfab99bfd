import { ActionIcon, Affix, AppShell, Button, Group, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useHotkeys, useNetwork } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onSessionEnd } from '@/shared/api/session';
import { useText } from '@/shared/i18n/text';
import { BottomBar } from './BottomBar';
import { queries } from './queries';
import { shellText } from './shell.text';
import { Sidebar } from './Sidebar';
import { useLive } from './useLive';
import { useUpdate } from './useUpdate';
import { UserMenu } from './UserMenu';

const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })));

export function Shell() {
  const t = useText(shellText);
  const navigate = useNavigate();
  const router = useRouter();
  const { online } = useNetwork();
  const connected = useLive();
  const [asked, setAsked] = useState(0);
  useUpdate();
  const find = () => {
    setAsked((times) => times + 1);
  };
  useHotkeys([['mod+K', find]], []);
  useEffect(
    () =>
      onSessionEnd(() => {
        const { pathname, searchStr } = router.state.location;
        queries.clear();
        void navigate({ to: '/login', search: pathname === '/' ? {} : { then: pathname + searchStr } });
      }),
    [navigate, router],
  );

  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: true } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#page" className="skip">
        {t.toContent}
      </a>
      <AppShell.Header bg="var(--mantine-color-body)">
        <Group h="100%" px={{ base: 'md', sm: 'lg' }} justify="space-between" wrap="nowrap">
          <UnstyledButton component={Link} to="/" aria-label="Duka">
            <Group gap={10} wrap="nowrap">
              <img src="/icon.svg" alt="" width={32} height={32} />
              <Text className="display" fw={700} fz={22}>
                Duka
              </Text>
            </Group>
          </UnstyledButton>
          <Button
            visibleFrom="sm"
            variant="default"
            c="dimmed"
            fw={400}
            w={340}
            justify="space-between"
            styles={{ label: { flex: 1, fontWeight: 400 }, inner: { justifyContent: 'flex-start' } }}
            leftSection={<IconSearch size={18} />}
            rightSection={<Kbd size="xs">Ctrl K</Kbd>}
            onClick={find}
          >
            {t.palette}
          </Button>
          <Group gap="xs" wrap="nowrap">
            <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" size="xl" aria-label={t.palette} onClick={find}>
              <IconSearch size={22} />
            </ActionIcon>
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar visibleFrom="sm" p="md" bg="var(--mantine-color-body)">
        <Sidebar />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} pb={{ base: 110, sm: 'xl' }} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
      <BottomBar />
      {(!connected || !online) && (
        <Affix position={{ bottom: 84, left: 16, right: 16 }} style={{ pointerEvents: 'none' }}>
          <Text
            role="status"
            size="sm"
            ta="center"
            mx="auto"
            w="fit-content"
            px="md"
            py={8}
            bg="dark.6"
            c="white"
            style={{ borderRadius: 20 }}
          >
            {online ? t.reconnecting : t.offline}
          </Text>
        </Affix>
      )}
      {asked > 0 && (
        <Suspense>
          <Palette asked={asked} />
        </Suspense>
      )}
    </AppShell>
  );
}
