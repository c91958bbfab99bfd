import {
  Alert,
  Avatar,
  Badge,
  Button,
  Checkbox,
  Drawer,
  Group,
  Modal,
  NumberInput,
  Radio,
  SegmentedControl,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Table,
  Tabs,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Money } from '@/shared/ui/Money';
import { Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { StateBadge } from '@/shared/ui/StateBadge';
import { Section } from '@/shared/ui/Section';
import { galleryText } from './gallery.text';

const STATES = [
  'pending_payment',
  'deposit_paid',
  'paid',
  'processing',
  'shipped',
  'delivered',
  'payment_failed',
  'refund_due',
  'cancelled',
  'low',
  'out',
];

/** Every component in one place: to see a change of the theme at once. */
export function GalleryPage() {
  const t = useText(galleryText);
  return (
    <Page title={t.title} subtitle={t.hint}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Buttons />
        <Fields />
        <Choices />
        <Part title={t.states}>
          <Group gap="xs">
            {STATES.map((state) => (
              <StateBadge key={state} state={state} />
            ))}
          </Group>
          <Alert color="red" title={t.wrong}>
            {t.body}
          </Alert>
          <Alert color="duka" title={t.label}>
            {t.body}
          </Alert>
          <Skeleton height={44} radius="md" />
        </Part>
        <Layers />
        <Rows />
      </SimpleGrid>
      <Nothing icon={IconBox} title={t.label} hint={t.body} />
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Section title={title}>
      <Stack gap="sm">{children}</Stack>
    </Section>
  );
}

function Buttons() {
  const t = useText(galleryText);
  const common = useText(commonText);
  return (
    <Part title={t.buttons}>
      <Group gap="xs">
        <Button>{common.save}</Button>
        <Button variant="default">{common.cancel}</Button>
        <Button variant="light">{common.edit}</Button>
        <Button variant="subtle" color="red">
          {common.delete}
        </Button>
        <Button loading>{common.loading}</Button>
        <Button disabled>{common.off}</Button>
      </Group>
      <Group gap="xs">
        <Badge>{common.on}</Badge>
        <Badge variant="light">{common.on}</Badge>
        <Badge variant="default">{common.off}</Badge>
        <Avatar name="Wanjiku Kamau" color="duka" />
      </Group>
    </Part>
  );
}

function Fields() {
  const t = useText(galleryText);
  return (
    <Part title={t.fields}>
      <TextInput label={t.label} description={t.help} />
      <TextInput label={t.label} error={t.wrong} />
      <NumberInput label={t.label} defaultValue={2_800} thousandSeparator="," prefix="KES " />
      <Select label={t.label} data={['Nairobi', 'Mombasa', 'Kisumu']} defaultValue="Nairobi" />
      <Textarea label={t.label} autosize minRows={2} />
    </Part>
  );
}

function Choices() {
  const t = useText(galleryText);
  const common = useText(commonText);
  return (
    <Part title={t.choices}>
      <Checkbox label={common.yes} defaultChecked />
      <Switch label={common.on} defaultChecked />
      <Radio.Group name="choice" defaultValue="yes">
        <Group>
          <Radio value="yes" label={common.yes} />
          <Radio value="no" label={common.no} />
        </Group>
      </Radio.Group>
      <SegmentedControl data={[common.all, common.none]} />
      <Tabs defaultValue="a">
        <Tabs.List>
          <Tabs.Tab value="a">{common.all}</Tabs.Tab>
          <Tabs.Tab value="b">{common.none}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="a" pt="sm">
          {common.all}
        </Tabs.Panel>
        <Tabs.Panel value="b" pt="sm">
          {common.none}
        </Tabs.Panel>
      </Tabs>
    </Part>
  );
}

function Layers() {
  const t = useText(galleryText);
  const [dialog, { open, close }] = useDisclosure(false);
  const [sheet, { open: openSheet, close: closeSheet }] = useDisclosure(false);
  return (
    <Part title={t.layers}>
      <Group gap="xs">
        <Button variant="default" onClick={open}>
          {t.dialog}
        </Button>
        <Button variant="default" onClick={openSheet}>
          {t.sheet}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            notifications.show({ title: t.label, message: t.body });
          }}
        >
          {t.toast}
        </Button>
      </Group>
      <Modal opened={dialog} onClose={close} title={t.label}>
        <Text>{t.body}</Text>
      </Modal>
      <Drawer opened={sheet} onClose={closeSheet} title={t.label} position="right">
        <Text>{t.body}</Text>
      </Drawer>
    </Part>
  );
}

function Rows() {
  const t = useText(galleryText);
  const common = useText(commonText);
  return (
    <Part title={t.table}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{common.name}</Table.Th>
            <Table.Th ta="right">{common.amount}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[290_000, 260_050, 0].map((amount) => (
            <Table.Tr key={amount}>
              <Table.Td>{t.label}</Table.Td>
              <Table.Td ta="right">
                <Money value={amount} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Part>
  );
}
