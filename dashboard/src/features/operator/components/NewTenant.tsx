import { Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { FormModal } from '@/shared/ui/FormModal';
import { Secret } from '@/shared/ui/Secret';
import { addTenant } from '../operator.api';
import { operatorText } from '../operator.text';

export function NewTenant({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(operatorText);
  const common = useText(commonText);
  const form = useForm({ initialValues: { name: '', currency: 'KES' } });
  const add = useChange({ run: addTenant, done: t.created, renew: [['operator']] });
  const close = () => {
    form.reset();
    add.reset();
    onClose();
  };
  if (add.data) {
    return (
      <Modal opened={opened} onClose={close} title={t.newShop}>
        <Stack>
          <Text fw={600}>{t.key}</Text>
          <Secret value={add.data.key} />
          <Text size="sm" c="dimmed">
            {t.keyHint}
          </Text>
        </Stack>
      </Modal>
    );
  }
  return (
    <FormModal
      title={t.newShop}
      opened={opened}
      onClose={close}
      form={form}
      change={add}
      input={(values) => values}
      submit={common.save}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps('name')} />
      <Select
        label={t.currency}
        allowDeselect={false}
        data={['KES', 'UGX', 'TZS', 'RWF', 'USD']}
        {...form.getInputProps('currency')}
      />
    </FormModal>
  );
}
