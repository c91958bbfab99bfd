import { Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { FormModal } from '@/shared/ui/FormModal';
import { Secret } from '@/shared/ui/Secret';
import { invitationsQuery, invite } from '../team.api';
import { teamText } from '../team.text';
import { useRoleOptions } from './People';

export function Invite({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(teamText);
  const options = useRoleOptions().filter((role) => role.value !== 'owner');
  const form = useForm({
    initialValues: { email: '', role: 'support_lead' },
    validate: { email: (value) => (value.includes('@') ? null : t.email) },
  });
  const send = useChange({ run: invite, done: t.invited, renew: [invitationsQuery.queryKey] });
  const close = () => {
    form.reset();
    send.reset();
    onClose();
  };
  const link = send.data?.link;
  if (link) {
    return (
      <Modal opened={opened} onClose={close} title={t.inviteTitle}>
        <Stack>
          <Text fw={600}>{t.link}</Text>
          <Secret value={link} />
          <Text size="sm" c="dimmed">
            {t.linkHint}
          </Text>
        </Stack>
      </Modal>
    );
  }
  return (
    <FormModal
      title={t.inviteTitle}
      opened={opened}
      onClose={close}
      form={form}
      change={send}
      input={(values) => values}
      submit={t.invite}
    >
      <Text size="sm" c="dimmed">
        {t.inviteHint}
      </Text>
      <TextInput type="email" label={t.email} data-autofocus {...form.getInputProps('email')} />
      <Select label={t.role} allowDeselect={false} data={options} {...form.getInputProps('role')} />
    </FormModal>
  );
}
