import { Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { chooseShop, keptShops } from '@/shared/api/session';
import { useText } from '@/shared/i18n/text';
import { useMe } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { shellText } from './shell.text';

/** The shop one is in, and the way to another. */
export function ShopSwitch() {
  const t = useText(shellText);
  const me = useMe();
  if (!me) return null;
  const shops = keptShops();
  const face = (
    <Group gap="sm" wrap="nowrap" p={8}>
      <Face name={me.shop.name} radius="md" color="duka" variant="filled" />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text fw={650} className="clamp1">
          {me.shop.name}
        </Text>
        <Text size="xs" c="dimmed" className="clamp1">
          {me.user.name}
        </Text>
      </div>
      {shops.length > 1 && <IconSelector size={18} />}
    </Group>
  );
  if (shops.length < 2) return face;
  return (
    <Menu width="target" shadow="md">
      <Menu.Target>
        <UnstyledButton w="100%">{face}</UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.switchShop}</Menu.Label>
        {shops.map((shop) => (
          <Menu.Item
            key={shop.id}
            rightSection={shop.id === me.shop.id ? <IconCheck size={16} /> : null}
            onClick={() => {
              chooseShop(shop.slug);
              location.assign('/');
            }}
          >
            {shop.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
