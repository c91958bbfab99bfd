import { Anchor, AppShell, NavLink, ScrollArea, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { useCan, useMe } from '@/shared/session/session';
import { ACCOUNT, isAt, OPERATOR, WAYS, type Way } from './nav';
import { ShopSwitch } from './ShopSwitch';
import { shellText } from './shell.text';

/** The ways this person may go. */
export function useWays(): Way[] {
  const can = useCan();
  const me = useMe();
  const shop = me?.shop.id ? WAYS.filter((way) => can(way.right)) : [];
  return [...shop, ...(me?.user.operator ? [OPERATOR] : [])];
}

export function WayLink({ way, onClick }: { way: Way; onClick?: () => void }) {
  const t = useText(shellText);
  const { pathname } = useLocation();
  const active = isAt(pathname, way.to);
  return (
    <NavLink
      component={Link}
      to={way.to}
      label={t[way.key]}
      leftSection={<way.icon size={21} stroke={1.8} />}
      active={active}
      aria-current={active ? 'page' : undefined}
      onClick={onClick}
      fw={active ? 650 : 500}
      py={9}
    />
  );
}

export function Sidebar() {
  const t = useText(shellText);
  return (
    <>
      <AppShell.Section pb="sm">
        <ShopSwitch />
      </AppShell.Section>
      <AppShell.Section grow component={ScrollArea} type="scroll">
        <nav aria-label={t.menu}>
          {useWays().map((way) => (
            <WayLink key={way.to} way={way} />
          ))}
        </nav>
      </AppShell.Section>
      <AppShell.Section pt="sm">
        <WayLink way={ACCOUNT} />
        <Text size="xs" c="dimmed" px="sm" pt="xs">
          {t.footer} ·{' '}
          <Anchor inherit href="/docs" underline="always" c="dimmed">
            {t.docs}
          </Anchor>
        </Text>
      </AppShell.Section>
    </>
  );
}
