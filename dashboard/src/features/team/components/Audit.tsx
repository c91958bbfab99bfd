import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { rows } from '@/shared/api/list';
import { addDays, momentOf } from '@/shared/format/dates';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { UrlDates, UrlSelect } from '@/shared/ui/filters';
import { Listed } from '@/shared/ui/Listed';
import { Nothing } from '@/shared/ui/Nothing';
import { When } from '@/shared/ui/When';
import { difference } from '../difference';
import { auditQuery, teamQuery } from '../team.api';
import { teamText } from '../team.text';

// `api_key.created` as it is said.
const inWords = (what: string) => what.replaceAll(/[._]/g, ' ');

/** Who changed what, newest first. */
export function Audit() {
  const t = useText(teamText);
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
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <UrlSelect
          name="who"
          label={t.who}
          placeholder={t.everybody}
          data={people.map((one) => ({ value: one.id, label: one.name }))}
        />
        <UrlSelect
          name="what"
          label={t.what}
          placeholder={t.everything}
          data={kinds.map((kind) => ({ value: kind, label: inWords(kind) }))}
        />
        <UrlDates />
      </SimpleGrid>
      <Listed
        query={query}
        filtered={Boolean(who ?? what ?? from ?? to)}
        onClear={() => {
          change({ who: undefined, what: undefined, from: undefined, to: undefined });
        }}
        empty={<Nothing icon={IconHistory} title={t.noAudit} hint={t.noAuditHint} />}
      >
        {(items) => (
          <Card p="md">
            <Stack gap="md">
              {items.map((row) => (
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
      </Listed>
    </Stack>
  );
}
