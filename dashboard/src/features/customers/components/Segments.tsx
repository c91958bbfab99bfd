import { Badge, Button, Card, Group, NumberInput, Select, SimpleGrid, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { LANGUAGES, languageName } from '@/shared/i18n/languages';
import { useText } from '@/shared/i18n/text';
import { Can, useFormat } from '@/shared/session/session';
import { FormModal } from '@/shared/ui/FormModal';
import { ItemActions } from '@/shared/ui/ItemActions';
import { Items } from '@/shared/ui/Items';
import { addSegment, customerKeys, removeSegment, segmentsQuery, type Segment } from '../customers.api';
import { customersText } from '../customers.text';

// Every rule there is, asking for nothing.
const ANY: Segment['rule'] = {
  language: null,
  marketing: null,
  max_orders: null,
  max_spent: null,
  min_orders: null,
  min_spent: null,
  new_within_days: null,
  ordered_within_days: null,
  quiet_days: null,
  size: null,
  tag: null,
};

export function Segments() {
  const t = useText(customersText);
  const [opened, { open, close }] = useDisclosure(false);
  const query = useQuery(segmentsQuery);
  return (
    <>
      <Items
        query={query}
        add={{ label: t.newSegment, right: 'customers:edit', onClick: open }}
        empty={{ icon: IconUsersGroup, title: t.noSegments, hint: t.noSegmentsHint }}
        grid
      >
        {(segment) => <SegmentCard key={segment.id} segment={segment} />}
      </Items>
      <NewSegment opened={opened} onClose={close} />
    </>
  );
}

function SegmentCard({ segment }: { segment: Segment }) {
  const t = useText(customersText);
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
  return (
    <Card>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} fz="lg">
          {segment.name}
        </Title>
        <Can right="customers:edit">
          <ItemActions
            name={segment.name}
            onDelete={() => {
              remove.mutate(segment.id);
            }}
            sure={{ title: t.deleteSegment, text: t.deleteSegmentText }}
          />
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
      <Button component={Link} to="/customers" search={{ segment: segment.id } as never} variant="default">
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
  return (
    <FormModal
      title={t.newSegment}
      opened={opened}
      onClose={onClose}
      form={form}
      change={add}
      input={({ name, ...rule }) => {
        const given = { ...rule, min_spent: rule.min_spent === '' ? '' : Math.round(rule.min_spent * 100) };
        return {
          name,
          rule: { ...ANY, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) },
        };
      }}
      submit={common.save}
    >
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
    </FormModal>
  );
}
