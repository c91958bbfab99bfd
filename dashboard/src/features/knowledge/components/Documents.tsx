import '@mantine/dropzone/styles.css';
import { Card, Center, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { notifications } from '@mantine/notifications';
import { IconFileText, IconFileUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { ItemActions } from '@/shared/ui/ItemActions';
import { Loaded } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { When } from '@/shared/ui/When';
import { addDocuments, documentsQuery, removeDocument } from '../knowledge.api';
import { knowledgeText } from '../knowledge.text';

const KINDS = {
  'application/pdf': ['.pdf'],
  'text/plain': ['.txt'],
  'text/markdown': ['.md'],
  'text/csv': ['.csv'],
  'application/json': ['.json'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
};
const size = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export function Documents() {
  const t = useText(knowledgeText);
  const query = useQuery(documentsQuery);
  const renew = [documentsQuery.queryKey];
  const add = useChange({ run: addDocuments, done: t.added, renew });
  const remove = useChange({ run: removeDocument, done: t.removed, renew });
  return (
    <Stack gap="md">
      <Dropzone
        accept={KINDS}
        maxSize={10 * 1024 * 1024}
        loading={add.isPending}
        onDrop={(files) => {
          add.mutate(files);
        }}
        onReject={() => {
          notifications.show({ color: 'red', message: t.reject });
        }}
        inputProps={{ 'aria-label': t.drop }}
      >
        <Center mih={120}>
          <Stack align="center" gap={4} style={{ pointerEvents: 'none' }}>
            <IconFileUpload size={36} stroke={1.4} />
            <Text fw={600} ta="center">
              {t.drop}
            </Text>
            <Text size="sm" c="dimmed" ta="center">
              {t.dropHint}
            </Text>
          </Stack>
        </Center>
      </Dropzone>
      <Loaded
        query={query}
        isEmpty={(data) => data.items.length === 0}
        empty={<Nothing icon={IconFileText} title={t.noDocuments} hint={t.noDocumentsHint} />}
      >
        {(data) => (
          <Stack gap="xs">
            {data.items.map((one) => (
              <Card key={one.id} p="sm">
                <Group wrap="nowrap">
                  <ThemeIcon variant="light" size={42}>
                    <IconFileText size={22} />
                  </ThemeIcon>
                  <div style={{ flex: 1, minWidth: 0 }}>
                    <Text fw={600} className="clamp1">
                      {one.name}
                    </Text>
                    <Text size="sm" c="dimmed">
                      {size(one.bytes)} · {t.pieces(one.pieces)} · <When at={one.added_at} />
                    </Text>
                  </div>
                  <ItemActions
                    name={one.name}
                    onDelete={() => {
                      remove.mutate(one.id);
                    }}
                    sure={{ title: t.removeTitle, text: t.removeText }}
                  />
                </Group>
              </Card>
            ))}
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}
