import '@mantine/dropzone/styles.css';
import { Center, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { notifications } from '@mantine/notifications';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useText } from '@/shared/i18n/text';
import { productsText } from '../products.text';

export function CsvDrop({ onFile, loading }: { onFile: (file: File) => void; loading: boolean }) {
  const t = useText(productsText);
  return (
    <Dropzone
      accept={{ 'text/csv': ['.csv'], 'application/vnd.ms-excel': ['.csv'], 'text/plain': ['.csv', '.txt'] }}
      maxSize={10 * 1024 * 1024}
      maxFiles={1}
      loading={loading}
      onDrop={([file]) => {
        if (file) onFile(file);
      }}
      onReject={() => {
        notifications.show({ color: 'red', message: t.csvReject });
      }}
      mt="md"
      inputProps={{ 'aria-label': t.dropCsv }}
    >
      <Center mih={220}>
        <Stack align="center" gap="xs" style={{ pointerEvents: 'none' }}>
          <IconFileSpreadsheet size={44} stroke={1.3} />
          <Text fw={600} fz="lg" ta="center">
            {t.dropCsv}
          </Text>
          <Text c="dimmed" ta="center" maw={420}>
            {t.dropCsvHint} {t.template}
          </Text>
        </Stack>
      </Center>
    </Dropzone>
  );
}
