import { Alert, Button, Group } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { settingsText } from '../settings.text';

/** Asks the other side whether it answers with what is saved. */
export function TestButton({ run }: { run: () => Promise<{ ok: boolean; message: string }> }) {
  const t = useText(settingsText);
  const test = useChange({ run });
  return (
    <>
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={18} />}
          loading={test.isPending}
          onClick={() => {
            test.mutate();
          }}
        >
          {t.test}
        </Button>
      </Group>
      {test.data && (
        <Alert color={test.data.ok ? 'duka' : 'red'} title={test.data.ok ? t.works : t.fails}>
          {test.data.message}
        </Alert>
      )}
    </>
  );
}
