import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  Modal,
  SimpleGrid,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { rightNames, roleNames } from '@/shared/session/rights.text';
import { useMe } from '@/shared/session/session';
import { confirm } from '@/shared/ui/confirm';
import { Loaded } from '@/shared/ui/Loaded';
import { removeRole, rolesQuery, saveRole, type Role } from '../team.api';
import { teamText } from '../team.text';

export function Roles() {
  const t = useText(teamText);
  const query = useQuery(rolesQuery);
  const [edited, setEdited] = useState<Role | 'new'>();
  return (
    <Stack gap="md">
      <Group>
        <Button
          leftSection={<IconPlus size={18} />}
          onClick={() => {
            setEdited('new');
          }}
        >
          {t.newRole}
        </Button>
      </Group>
      <Loaded query={query}>
        {(data) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {data.items.map((role) => (
              <RoleCard
                key={role.id}
                role={role}
                onEdit={() => {
                  setEdited(role);
                }}
              />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
      {edited && (
        <RoleForm
          role={edited === 'new' ? undefined : edited}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
    </Stack>
  );
}

function RoleCard({ role, onEdit }: { role: Role; onEdit: () => void }) {
  const t = useText(teamText);
  const common = useText(commonText);
  const names: Record<string, string> = useText(roleNames);
  const rights: Record<string, string> = useText(rightNames);
  const remove = useChange({ run: removeRole, done: t.roleRemoved, renew: [['team']] });
  const ask = () => {
    confirm({
      title: t.removeRole,
      text: t.removeRoleText,
      yes: common.delete,
      no: common.cancel,
      onYes: () => {
        remove.mutate(role.id);
      },
    });
  };
  return (
    <Card>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} fz="lg">
          {names[role.id] ?? role.name}
        </Title>
        {role.built_in ? (
          <Badge variant="default" radius="sm">
            {t.builtIn}
          </Badge>
        ) : (
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" aria-label={`${common.edit}: ${role.name}`} onClick={onEdit}>
              <IconPencil size={18} />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" aria-label={`${common.delete}: ${role.name}`} onClick={ask}>
              <IconTrash size={18} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      <Group gap={4} mt="sm">
        {role.rights.map((right) => (
          <Badge key={right} variant="light" color="gray" radius="sm" size="sm">
            {rights[right] ?? right}
          </Badge>
        ))}
      </Group>
    </Card>
  );
}

function RoleForm({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const t = useText(teamText);
  const common = useText(commonText);
  const form = useForm({ initialValues: { name: role?.name ?? '', rights: role?.rights ?? ([] as string[]) } });
  const save = useChange({ run: saveRole, done: t.roleSaved, renew: [['team']], onDone: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={role ? common.edit : t.newRole}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form
        onSubmit={form.onSubmit((values) => {
          save.mutate({ ...(role ? { id: role.id } : {}), ...values });
        })}
      >
        <Stack>
          <TextInput label={t.roleName} required data-autofocus {...form.getInputProps('name')} />
          <RightsField {...form.getInputProps('rights')} />
          <Button type="submit" loading={save.isPending}>
            {common.save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

/** The rights one may give: those one has. */
export function RightsField({ value, onChange }: { value?: string[]; onChange?: (value: string[]) => void }) {
  const t = useText(teamText);
  const rights: Record<string, string> = useText(rightNames);
  const mine = useMe()?.rights ?? [];
  return (
    <Checkbox.Group label={t.rights} value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} mt="xs">
        {mine.map((right) => (
          <Checkbox key={right} value={right} label={rights[right] ?? right} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
