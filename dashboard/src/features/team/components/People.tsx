import { Badge, Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMail, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { roleNames } from '@/shared/session/rights.text';
import { confirm } from '@/shared/ui/confirm';
import { Face } from '@/shared/ui/Face';
import { Loaded } from '@/shared/ui/Loaded';
import { When } from '@/shared/ui/When';
import { changeRole, invitationsQuery, removeMember, rolesQuery, teamQuery, withdraw, type Member } from '../team.api';
import { teamText } from '../team.text';
import { Invite } from './Invite';

/** The roles by the names people know. */
export function useRoleOptions() {
  const names: Record<string, string> = useText(roleNames);
  const roles = useQuery(rolesQuery).data?.items ?? [];
  return roles.map((role) => ({ value: role.id, label: names[role.id] ?? role.name }));
}

export function People() {
  const t = useText(teamText);
  const team = useQuery(teamQuery);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Stack gap="md" maw={860}>
      <Group>
        <Button leftSection={<IconUserPlus size={18} />} onClick={open}>
          {t.invite}
        </Button>
      </Group>
      <Loaded query={team}>
        {(data) => (
          <Stack gap="xs">
            {data.items.map((member) => (
              <Person key={member.id} member={member} />
            ))}
          </Stack>
        )}
      </Loaded>
      <Invited />
      <Invite opened={opened} onClose={close} />
    </Stack>
  );
}

function Person({ member }: { member: Member }) {
  const t = useText(teamText);
  const common = useText(commonText);
  const options = useRoleOptions();
  const own = member.you;
  const change = useChange({ run: changeRole, done: t.roleChanged, renew: [['team']] });
  const remove = useChange({ run: removeMember, done: t.removed, renew: [['team']] });
  const ask = () => {
    confirm({
      title: t.removeTitle,
      text: t.removeText,
      yes: t.remove,
      no: common.cancel,
      onYes: () => {
        remove.mutate(member.id);
      },
    });
  };
  return (
    <Card p="md">
      <Group>
        <Face name={member.name} size={44} />
        <div style={{ flex: '1 1 180px', minWidth: 0 }}>
          <Group gap={6}>
            <Text fw={600}>{member.name}</Text>
            {own && (
              <Badge variant="light" radius="sm">
                {t.you}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {member.email}
          </Text>
          <Text size="sm" c="dimmed">
            {t.since} <When at={member.since} />
          </Text>
        </div>
        <Select
          aria-label={`${t.role}: ${member.name}`}
          w={170}
          allowDeselect={false}
          disabled={own}
          data={options}
          value={member.role}
          onChange={(role) => {
            if (role) change.mutate({ user: member.id, role });
          }}
        />
        {!own && (
          <Button variant="subtle" color="red" onClick={ask}>
            {t.remove}
          </Button>
        )}
      </Group>
    </Card>
  );
}

function Invited() {
  const t = useText(teamText);
  const names: Record<string, string> = useText(roleNames);
  const items = useQuery(invitationsQuery).data?.items ?? [];
  const take = useChange({ run: withdraw, done: t.withdrawn, renew: [invitationsQuery.queryKey] });
  if (items.length === 0) return null;
  return (
    <div>
      <Title order={2} fz="md" mb="xs">
        {t.pending}
      </Title>
      <Stack gap="xs">
        {items.map((one) => (
          <Card key={one.id} p="md">
            <Group>
              <IconMail size={22} />
              <div style={{ flex: '1 1 160px', minWidth: 0 }}>
                <Text fw={550} style={{ overflowWrap: 'anywhere' }}>
                  {one.email}
                </Text>
                <Text size="sm" c="dimmed">
                  {names[one.role] ?? one.role}
                </Text>
              </div>
              <Button
                variant="default"
                onClick={() => {
                  take.mutate(one.id);
                }}
              >
                {t.withdraw}
              </Button>
            </Group>
          </Card>
        ))}
      </Stack>
    </div>
  );
}
