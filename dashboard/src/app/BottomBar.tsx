import { Box, Drawer, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { ACCOUNT, isAt } from './nav';
import { ShopSwitch } from './ShopSwitch';
import { useWays, WayLink } from './Sidebar';
import { shellText } from './shell.text';

/** The way around on a phone: four pages and the rest. */
export function BottomBar() {
  const t = useText(shellText);
  const { pathname } = useLocation();
  const [opened, { open, close }] = useDisclosure(false);
  const ways = useWays();
  const main = ways.slice(0, 4);
  const rest = [...ways.slice(4), ACCOUNT];
  const inChat = /^\/inbox\/.+/.test(pathname);
  if (inChat) return null;
  return (
    <>
      <Box
        hiddenFrom="sm"
        component="nav"
        aria-label={t.menu}
        pos="fixed"
        bottom={0}
        left={0}
        right={0}
        bg="var(--duka-card)"
        style={{
          zIndex: 150,
          borderTop: '1px solid var(--mantine-color-default-border)',
          paddingBottom: 'env(safe-area-inset-bottom)',
        }}
      >
        <Box display="flex" h={64} px={4}>
          {main.map((way) => (
            <Link
              key={way.to}
              to={way.to}
              className="tab"
              data-active={isAt(pathname, way.to) || undefined}
              aria-current={isAt(pathname, way.to) ? 'page' : undefined}
            >
              <span>
                <way.icon size={23} stroke={1.8} />
              </span>
              <span>{t[way.key]}</span>
            </Link>
          ))}
          <UnstyledButton
            className="tab"
            data-active={rest.some((way) => isAt(pathname, way.to)) || undefined}
            onClick={open}
            aria-expanded={opened}
          >
            <span>
              <IconDots size={23} stroke={1.8} />
            </span>
            <span>{t.more}</span>
          </UnstyledButton>
        </Box>
      </Box>
      <Drawer opened={opened} onClose={close} position="bottom" size="auto" title={t.menu} radius="lg">
        <ShopSwitch />
        {rest.map((way) => (
          <WayLink key={way.to} way={way} onClick={close} />
        ))}
      </Drawer>
    </>
  );
}
