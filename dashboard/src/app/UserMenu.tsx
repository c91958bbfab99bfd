import {
  ActionIcon,
  Menu,
  SegmentedControl,
  Text,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { IconDeviceMobileDown, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { api } from '@/shared/api/client';
import { initials } from '@/shared/format/phone';
import { forget } from '@/shared/api/session';
import { useLang, useText, type Lang } from '@/shared/i18n/text';
import { useMe } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { shellText } from './shell.text';
import { useInstall } from './useInstall';

export function UserMenu() {
  const t = useText(shellText);
  const me = useMe();
  const { lang, setLang } = useLang();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const install = useInstall();
  const speak = (next: Lang) => {
    setLang(next);
    void api.PATCH('/v1/me', { body: { locale: next } });
  };
  const leave = async () => {
    await api.POST('/v1/auth/logout').catch(() => undefined);
    forget();
    location.assign('/login');
  };
  return (
    <Menu position="bottom-end" shadow="md" width={250} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon
          variant="transparent"
          size="xl"
          radius="xl"
          aria-label={`${initials(me?.user.name ?? '')} ${t.account}`}
        >
          <Face name={me?.user.name} size={38} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {me?.user.name}
          </Text>
          <Text size="xs">{me?.user.email}</Text>
        </Menu.Label>
        <Menu.Divider />
        <SegmentedControl
          fullWidth
          m={6}
          size="sm"
          aria-label={t.look}
          value={colorScheme}
          onChange={(value) => {
            setColorScheme(value as MantineColorScheme);
          }}
          data={[
            { value: 'light', label: t.light },
            { value: 'dark', label: t.dark },
            { value: 'auto', label: 'Auto' },
          ]}
        />
        <SegmentedControl
          fullWidth
          m={6}
          size="sm"
          value={lang}
          onChange={(value) => {
            speak(value as Lang);
          }}
          data={[
            { value: 'en', label: 'English' },
            { value: 'sw', label: 'Kiswahili' },
          ]}
        />
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" closeMenuOnClick leftSection={<IconUserCircle size={18} />}>
          {t.account}
        </Menu.Item>
        {install && (
          <Menu.Item closeMenuOnClick leftSection={<IconDeviceMobileDown size={18} />} onClick={install}>
            {t.install}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void leave()}>
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
