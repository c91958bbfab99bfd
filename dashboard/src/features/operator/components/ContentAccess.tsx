import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { openContent } from '../operator.api';
import { operatorText } from '../operator.text';

/** Conversations are read only after saying why, and the shop can see it. */
export function ContentAccess({ shop, onClose }: { shop: { id: string; name: string }; onClose: () => void }) {
  const t = useText(operatorText);
  const [reason, setReason] = useState('');
  const open = useChange({ run: openContent, done: t.granted, onDone: onClose });
  return (
    <Modal opened onClose={onClose} title={`${t.accessTitle}: ${shop.name}`}>
      <Stack>
        <Text size="sm">{t.accessText}</Text>
        <Textarea
          label={t.reason}
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <Button
          color="red"
          disabled={reason.trim().length < 10}
          loading={open.isPending}
          onClick={() => {
            open.mutate({ id: shop.id, reason: reason.trim() });
          }}
        >
          {t.access}
        </Button>
      </Stack>
    </Modal>
  );
}
