import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';

/** Asks before something that cannot be taken back. */
export function confirm({
  title,
  text,
  yes,
  no,
  onYes,
}: {
  title: string;
  text: string;
  yes: string;
  no: string;
  onYes: () => void;
}) {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{text}</Text>,
    labels: { confirm: yes, cancel: no },
    confirmProps: { color: 'red' },
    onConfirm: onYes,
  });
}
