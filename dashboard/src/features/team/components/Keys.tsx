import { Badge, Button, Card, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { rightNames } from '@/shared/session/rights.text';
import { confirm } from '@/shared/ui/confirm';
import { FormModal } from '@/shared/ui/FormModal';
import { Items } from '@/shared/ui/Items';
import { Secret } from '@/shared/ui/Secret';
import { When } from '@/shared/ui/When';
import { addKey, keysQuery, revokeKey, rotateKey, type ApiKey } from '../team.api';
import { teamText } from '../team.text';
import { RightsField } from './Roles';

export function Keys() {
  const t = useText(teamText);
  const query = useQuery(keysQuery);
  const [opened, { open, close }] = useDisclosure(false);
  const [shown, setShown] = useState<string>();
  const onKey = ({ key }: { key: string }) => {
    close();
    setShown(key);
  };
  return (
    <Stack gap="md" maw={860}>
      <Items
        query={query}
        add={{ label: t.newKey, right: 'integrations:manage', onClick: open }}
        empty={{ icon: IconKey, title: t.noKeys, hint: t.noKeysHint }}
      >
        {(key) => <KeyCard key={key.id} one={key} onKey={onKey} />}
      </Items>
      <NewKey opened={opened} onClose={close} onKey={onKey} />
      <Modal
        opened={shown !== undefined}
        onClose={() => {
          setShown(undefined);
        }}
        title={t.keyTitle}
      >
        <Stack>
          <Text size="sm">{t.keyHint}</Text>
          {shown && <Secret value={shown} />}
        </Stack>
      </Modal>
    </Stack>
  );
}

function KeyCard({ one, onKey }: { one: ApiKey; onKey: (made: { key: string }) => void }) {
  const t = useText(teamText);
  const common = useText(commonText);
  const rights: Record<string, string> = useText(rightNames);
  const renew = [keysQuery.queryKey];
  const rotate = useChange({ run: rotateKey, done: t.rotated, renew, onDone: onKey });
  const revoke = useChange({ run: revokeKey, done: t.revoked, renew });
  const ask = () => {
    confirm({
      title: t.revokeTitle,
      text: t.revokeText,
      yes: t.revoke,
      no: common.cancel,
      onYes: () => {
        revoke.mutate(one.id);
      },
    });
  };
  return (
    <Card p="md">
      <Group align="flex-start">
        <div style={{ flex: '1 1 220px', minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{one.label}</Text>
            <Code>…{one.ending}</Code>
          </Group>
          <Group gap={4} my={6}>
            {one.rights.map((right) => (
              <Badge key={right} size="sm" variant="light" color="gray" radius="sm">
                {rights[right] ?? right}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t.used}: {one.used_at ? <When at={one.used_at} /> : t.never}
            {one.expires_at && (
              <>
                {' '}
                · {t.expires}: <When at={one.expires_at} />
              </>
            )}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            size="sm"
            variant="default"
            loading={rotate.isPending}
            onClick={() => {
              rotate.mutate(one.id);
            }}
          >
            {t.rotate}
          </Button>
          <Button size="sm" variant="subtle" color="red" onClick={ask}>
            {t.revoke}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}

function NewKey({
  opened,
  onClose,
  onKey,
}: {
  opened: boolean;
  onClose: () => void;
  onKey: (made: { key: string }) => void;
}) {
  const t = useText(teamText);
  const common = useText(commonText);
  const form = useForm({ initialValues: { label: '', rights: [] as string[], expires_at: '' } });
  const add = useChange({
    run: addKey,
    renew: [keysQuery.queryKey],
    onDone: (made) => {
      form.reset();
      onKey(made);
    },
  });
  return (
    <FormModal
      title={t.newKey}
      opened={opened}
      onClose={onClose}
      size="lg"
      form={form}
      change={add}
      input={({ label, rights, expires_at: day }) => ({
        label,
        rights,
        ...(day ? { expires_at: `${day}T23:59:59Z` } : {}),
      })}
      submit={t.newKey}
      disabled={form.values.rights.length === 0}
    >
      <TextInput label={t.label} required data-autofocus {...form.getInputProps('label')} />
      <RightsField {...form.getInputProps('rights')} />
      <TextInput type="date" label={`${t.expires} (${common.optional})`} {...form.getInputProps('expires_at')} />
    </FormModal>
  );
}
