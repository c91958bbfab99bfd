import { Badge, Card, Checkbox, Group, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { rightNames, roleNames } from '@/shared/session/rights.text';
import { useMe } from '@/shared/session/session';
import { FormModal } from '@/shared/ui/FormModal';
import { ItemActions } from '@/shared/ui/ItemActions';
import { Items } from '@/shared/ui/Items';
import { removeRole, rolesQuery, saveRole, type Role } from '../team.api';
import { teamText } from '../team.text';

export function Roles() {
  const t = useText(teamText);
  const query = useQuery(rolesQuery);
  const [edited, setEdited] = useState<Role | 'new'>();
  return (
    <Stack gap="md">
      <Items
        query={query}
        add={{
          label: t.newRole,
          right: 'users:manage',
          onClick: () => {
            setEdited('new');
          },
        }}
        empty={{ icon: IconUsersGroup, title: t.newRole, hint: t.rights }}
        grid
      >
        {(role) => (
          <RoleCard
            key={role.id}
            role={role}
            onEdit={() => {
              setEdited(role);
            }}
          />
        )}
      </Items>
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
  const names: Record<string, string> = useText(roleNames);
  const rights: Record<string, string> = useText(rightNames);
  const remove = useChange({ run: removeRole, done: t.roleRemoved, renew: [['team']] });
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
          <ItemActions
            name={role.name}
            onEdit={onEdit}
            onDelete={() => {
              remove.mutate(role.id);
            }}
            sure={{ title: t.removeRole, text: t.removeRoleText }}
          />
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
    <FormModal
      title={role ? common.edit : t.newRole}
      onClose={onClose}
      size="lg"
      form={form}
      change={save}
      input={(values) => ({ ...(role ? { id: role.id } : {}), ...values })}
      submit={common.save}
    >
      <TextInput label={t.roleName} required data-autofocus {...form.getInputProps('name')} />
      <RightsField {...form.getInputProps('rights')} />
    </FormModal>
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
