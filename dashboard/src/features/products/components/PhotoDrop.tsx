import '@mantine/dropzone/styles.css';
import { Group, Text } from '@mantine/core';
import { Dropzone, IMAGE_MIME_TYPE } from '@mantine/dropzone';
import { useWindowEvent } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useText } from '@/shared/i18n/text';
import { productsText } from '../products.text';

const LARGEST = 8 * 1024 * 1024;

/** Photos by drop, by choosing (on a phone: the camera) or from the clipboard. */
export function PhotoDrop({ onPhotos, loading }: { onPhotos: (files: File[]) => void; loading: boolean }) {
  const t = useText(productsText);
  useWindowEvent('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter(
      (file) => file.type.startsWith('image/') && file.size <= LARGEST,
    );
    if (files.length > 0) onPhotos(files);
  });
  return (
    <Dropzone
      accept={IMAGE_MIME_TYPE}
      maxSize={LARGEST}
      loading={loading}
      onDrop={onPhotos}
      onReject={() => {
        notifications.show({ color: 'red', message: t.reject });
      }}
      p="md"
      inputProps={{ 'aria-label': t.drop }}
    >
      <Group justify="center" gap="sm" mih={70} style={{ pointerEvents: 'none' }}>
        <IconPhotoPlus size={28} stroke={1.5} />
        <Text fw={500} ta="center">
          {t.drop}
        </Text>
      </Group>
    </Dropzone>
  );
}
