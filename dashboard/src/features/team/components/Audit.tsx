import { Card, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
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
import { When } from '@/shared/ui/When';
import { difference } from '../difference';
import { auditQuery, teamQuery } from '../team.api';
import { teamText } from '../team.text';

// `api_key.created` as it is said.
const inWords = (what: string) => what.replaceAll(/[._]/g, ' ');

/** Who changed what, newest first. */
export function Audit() {
  const t = useText(teamText);
  const common = useText(commonText);
  const { zone } = useFormat();
  const [{ who, what, from, to }, change] = useUrlState();
  const people = useQuery(teamQuery).data?.items ?? [];
  const query = useInfiniteQuery(
    auditQuery({
      who,
      what,
      from: from && momentOf(`${from} 00:00:00`, zone),
      to: to && momentOf(`${addDays(to, 1)} 00:00:00`, zone),
    }),
  );
  const kinds = [...new Set([...(what ? [what] : []), ...rows(query.data).map((row) => row.what)])].sort();
  return (
    <Stack gap="md" maw={960}>
      <Group gap="sm" align="flex-end">
        <Select
          aria-label={t.who}
          placeholder={t.who}
          clearable
          flex="1 1 160px"
          data={people.map((one) => ({ value: one.id, label: one.name }))}
          value={who ?? null}
          onChange={(next) => {
            change({ who: next ?? undefined });
          }}
        />
        <Select
          aria-label={t.what}
          placeholder={t.what}
          clearable
          flex="1 1 160px"
          data={kinds.map((kind) => ({ value: kind, label: inWords(kind) }))}
          value={what ?? null}
          onChange={(next) => {
            change({ what: next ?? undefined });
          }}
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
          who || what || from || to ? (
            <NoMatch
              onClear={() => {
                change({ who: undefined, what: undefined, from: undefined, to: undefined });
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
                      <b>{row.actor.name ?? t.system}</b> · {inWords(row.what)}
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
