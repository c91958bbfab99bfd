import { ActionIcon, Anchor, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { duplicateProduct, productKeys, removeProduct, restoreProduct, type ProductRow } from '../products.api';
import { productsText } from '../products.text';

const renew = [productKeys.all];

export function ProductMenu({ product }: { product: ProductRow }) {
  const t = useText(productsText);
  const common = useText(commonText);
  const copy = useChange({ run: duplicateProduct, done: t.duplicated, renew });
  const restore = useChange({ run: restoreProduct, done: t.restored, renew });
  const remove = useChange({
    run: removeProduct,
    renew,
    onDone: (_out, { id }) => {
      const undo = () => {
        restore.mutate(id);
        notifications.hide(`gone-${id}`);
      };
      notifications.show({
        id: `gone-${id}`,
        title: t.deleted,
        message: (
          <Anchor component="button" onClick={undo}>
            {common.undo}
          </Anchor>
        ),
        autoClose: 10_000,
      });
    },
  });
  return (
    <Can right="catalog:edit">
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`${t.actions}: ${product.name}`}>
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/products/${product.id}`} leftSection={<IconPencil size={18} />}>
            {common.edit}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={18} />}
            onClick={() => {
              copy.mutate(product.id);
            }}
          >
            {t.duplicate}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={18} />}
            onClick={() => {
              remove.mutate({ id: product.id, version: product.version });
            }}
          >
            {common.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Can>
  );
}
