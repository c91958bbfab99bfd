import { Button, Group, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { LANGUAGES } from '@/shared/i18n/languages';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { Section } from '@/shared/ui/Section';
import { changeCustomer, customerKeys, type Customer } from '../customers.api';
import { customersText } from '../customers.text';

/** What the team knows and may correct. */
export function ProfileForm({ customer }: { customer: Customer }) {
  const t = useText(customersText);
  const common = useText(commonText);
  const form = useForm({
    initialValues: {
      name: customer.name ?? '',
      language: customer.language,
      sizes: customer.sizes,
      tags: customer.tags,
      notes: customer.notes,
    },
  });
  const save = useChange({
    run: changeCustomer,
    done: common.saved,
    renew: [customerKeys.all, ['conversations']],
    onDone: () => {
      form.resetDirty();
    },
  });
  return (
    <Section title={t.profile}>
      <form
        onSubmit={form.onSubmit((values) => {
          save.mutate({ customer, body: values });
        })}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t.nameLabel} {...form.getInputProps('name')} />
            <Select label={t.language} allowDeselect={false} data={LANGUAGES} {...form.getInputProps('language')} />
            <TagsInput label={t.sizes} {...form.getInputProps('sizes')} />
            <TagsInput label={t.tags} {...form.getInputProps('tags')} />
          </SimpleGrid>
          <Textarea label={t.notes} autosize minRows={3} {...form.getInputProps('notes')} />
          <Can right="customers:edit">
            <Group justify="flex-end">
              <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
                {common.save}
              </Button>
            </Group>
          </Can>
        </Stack>
      </form>
    </Section>
  );
}
