import { ActionIcon, Group } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { confirm } from './confirm';

interface ItemActionsProps {
  /** What is changed or taken away, for those who hear the page. */
  name: string;
  onEdit?: () => void;
  onDelete: () => void;
  /** Asked before it is taken away. */
  sure?: { title: string; text: string };
}

export function ItemActions({ name, onEdit, onDelete, sure }: ItemActionsProps) {
  const t = useText(commonText);
  const remove = () => {
    if (sure) confirm({ ...sure, yes: t.delete, no: t.cancel, onYes: onDelete });
    else onDelete();
  };
  return (
    <Group gap={4} wrap="nowrap">
      {onEdit && (
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${t.edit}: ${name}`} onClick={onEdit}>
          <IconPencil size={18} />
        </ActionIcon>
      )}
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${t.delete}: ${name}`} onClick={remove}>
        <IconTrash size={18} />
      </ActionIcon>
    </Group>
  );
}
