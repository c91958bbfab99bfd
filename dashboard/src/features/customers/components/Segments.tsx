import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { LANGUAGES, languageName } from '@/shared/i18n/languages';
import { useText } from '@/shared/i18n/text';
import { Can, useFormat } from '@/shared/session/session';
import { confirm } from '@/shared/ui/confirm';
import { Loaded } from '@/shared/ui/Loaded';
import { Nothing } from '@/shared/ui/Nothing';
import { addSegment, customerKeys, removeSegment, segmentsQuery, type Segment } from '../customers.api';
import { customersText } from '../customers.text';

export function Segments({ onShow }: { onShow: (segment: string) => void }) {
  const t = useText(customersText);
  const [opened, { open, close }] = useDisclosure(false);
  const query = useQuery(segmentsQuery);
  const addButton = (
    <Can right="customers:edit">
      <Button leftSection={<IconPlus size={18} />} onClick={open}>
        {t.newSegment}
      </Button>
    </Can>
  );
  return (
    <>
      <Loaded
        query={query}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Nothing icon={IconUsersGroup} title={t.noSegments} hint={t.noSegmentsHint}>
            {addButton}
          </Nothing>
        }
      >
        {(data) => (
          <Stack>
            <Group justify="flex-end">{addButton}</Group>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {data.items.map((segment) => (
                <SegmentCard key={segment.id} segment={segment} onShow={onShow} />
              ))}
            </SimpleGrid>
          </Stack>
        )}
      </Loaded>
      <NewSegment opened={opened} onClose={close} />
    </>
  );
}

function SegmentCard({ segment, onShow }: { segment: Segment; onShow: (segment: string) => void }) {
  const t = useText(customersText);
  const common = useText(commonText);
  const { money } = useFormat();
  const remove = useChange({ run: removeSegment, renew: [customerKeys.segments] });
  const { rule } = segment;
  const said = [
    rule.min_orders ? t.ruleOrders(rule.min_orders) : undefined,
    rule.min_spent ? t.ruleSpent(money(rule.min_spent)) : undefined,
    rule.quiet_days ? t.ruleQuiet(rule.quiet_days) : undefined,
    rule.tag ? `#${rule.tag}` : undefined,
    rule.size ? `${t.size} ${rule.size}` : undefined,
    rule.language ? languageName(rule.language) : undefined,
  ].filter((one) => one !== undefined);
  const ask = () => {
    confirm({
      title: t.deleteSegment,
      text: t.deleteSegmentText,
      yes: common.delete,
      no: common.cancel,
      onYes: () => {
        remove.mutate(segment.id);
      },
    });
  };
  return (
    <Card>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} fz="lg">
          {segment.name}
        </Title>
        <Can right="customers:edit">
          <ActionIcon variant="subtle" color="gray" aria-label={`${common.delete}: ${segment.name}`} onClick={ask}>
            <IconTrash size={18} />
          </ActionIcon>
        </Can>
      </Group>
      <Text className="display" fz={26} fw={700}>
        {t.people(segment.count)}
      </Text>
      <Group gap={6} my="sm">
        {said.map((one) => (
          <Badge key={one} variant="light" color="gray" radius="sm">
            {one}
          </Badge>
        ))}
      </Group>
      <Button
        variant="default"
        onClick={() => {
          onShow(segment.id);
        }}
      >
        {t.show}
      </Button>
    </Card>
  );
}

function NewSegment({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(customersText);
  const common = useText(commonText);
  const { currency } = useFormat();
  const form = useForm({
    initialValues: {
      name: '',
      min_orders: '' as number | '',
      min_spent: '' as number | '',
      quiet_days: '' as number | '',
      tag: '',
      size: '',
      language: null as string | null,
    },
  });
  const add = useChange({
    run: addSegment,
    done: t.added,
    renew: [customerKeys.segments],
    onDone: () => {
      form.reset();
      onClose();
    },
  });
  const save = form.onSubmit(({ name, ...rule }) => {
    const given = { ...rule, min_spent: rule.min_spent === '' ? '' : Math.round(rule.min_spent * 100) };
    add.mutate({
      name,
      rule: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && value !== null)),
    });
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t.newSegment} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={save}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t.segmentHint}
          </Text>
          <TextInput label={t.segmentName} required data-autofocus {...form.getInputProps('name')} />
          <SimpleGrid cols={2} spacing="sm">
            <NumberInput label={t.minOrders} min={0} {...form.getInputProps('min_orders')} />
            <NumberInput
              label={t.minSpent}
              min={0}
              prefix={`${currency} `}
              thousandSeparator=","
              hideControls
              {...form.getInputProps('min_spent')}
            />
            <NumberInput label={t.quiet} min={0} {...form.getInputProps('quiet_days')} />
            <TextInput label={t.tag} {...form.getInputProps('tag')} />
            <TextInput label={t.size} {...form.getInputProps('size')} />
            <Select
              label={t.language}
              placeholder={t.anyLanguage}
              clearable
              data={LANGUAGES}
              {...form.getInputProps('language')}
            />
          </SimpleGrid>
          <Button type="submit" loading={add.isPending}>
            {common.save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
