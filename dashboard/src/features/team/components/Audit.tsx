import { Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { rows } from '@/shared/api/list';
import { addDays, momentOf } from '@/shared/format/dates';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { Loaded } from '@/shared/ui/Loaded';
import { MoreButton } from '@/shared/ui/MoreButton';
import { NoMatch, Nothing } from '@/shared/ui/Nothing';
import { SearchField } from '@/shared/ui/SearchField';
import { When } from '@/shared/ui/When';
import { difference } from '../difference';
import { auditQuery } from '../team.api';
import { teamText } from '../team.text';

/** Who changed what, newest first. */
export function Audit() {
  const t = useText(teamText);
  const common = useText(commonText);
  const { zone } = useFormat();
  const [{ what, from, to }, change] = useUrlState();
  const query = useInfiniteQuery(
    auditQuery({
      what,
      from: from && momentOf(`${from} 00:00:00`, zone),
      to: to && momentOf(`${addDays(to, 1)} 00:00:00`, zone),
    }),
  );
  return (
    <Stack gap="md" maw={960}>
      <Group gap="sm" align="flex-end">
        <SearchField
          value={what}
          onChange={(next) => {
            change({ what: next });
          }}
          placeholder={t.what}
          flex="1 1 180px"
        />
        <TextInput
          type="date"
          aria-label={common.from}
          value={from ?? ''}
          onChange={(event) => {
            change({ from: event.currentTarget.value });
          }}
        />
        <TextInput
          type="date"
          aria-label={common.to}
          value={to ?? ''}
          onChange={(event) => {
            change({ to: event.currentTarget.value });
          }}
        />
      </Group>
      <Loaded
        query={query}
        isEmpty={(data) => rows(data).length === 0}
        empty={
          what || from || to ? (
            <NoMatch
              onClear={() => {
                change({ what: undefined, from: undefined, to: undefined });
              }}
            />
          ) : (
            <Nothing icon={IconHistory} title={t.noAudit} hint={t.noAuditHint} />
          )
        }
      >
        {(data) => (
          <Card p="md">
            <Stack gap="md">
              {rows(data).map((row) => (
                <Group key={row.id} wrap="nowrap" align="flex-start">
                  <Face name={row.actor.name} size={34} />
                  <div style={{ flex: 1, minWidth: 0 }}>
                    <Text>
                      <b>{row.actor.name ?? t.system}</b> · {row.what.replaceAll(/[._]/g, ' ')}
                    </Text>
                    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {difference(row.before, row.after)}
                    </Text>
                  </div>
                  <Text size="sm" c="dimmed">
                    <When at={row.at} />
                  </Text>
                </Group>
              ))}
            </Stack>
          </Card>
        )}
      </Loaded>
      <MoreButton query={query} />
    </Stack>
  );
}
