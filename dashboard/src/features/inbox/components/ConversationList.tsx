import { Badge, Box, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconDeviceMobileMessage, IconMessages } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { waited } from '@/shared/format/dates';
import { personName } from '@/shared/format/phone';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useLang, useText } from '@/shared/i18n/text';
import { Face } from '@/shared/ui/Face';
import { UrlSearch } from '@/shared/ui/filters';
import { Listed } from '@/shared/ui/Listed';
import { Nothing } from '@/shared/ui/Nothing';
import { When } from '@/shared/ui/When';
import { conversationsQuery, type ConversationRow } from '../inbox.api';
import { inboxText } from '../inbox.text';
import classes from '../inbox.module.css';

export function ConversationList({ active }: { active?: string }) {
  const t = useText(inboxText);
  const [{ filter, q }, change] = useUrlState();
  const query = useInfiniteQuery(conversationsQuery({ filter: filter ?? 'all', q }));
  return (
    <>
      <Stack gap="xs" mb="sm">
        <UrlSearch placeholder={t.search} flex="none" />
        <SegmentedControl
          fullWidth
          value={filter ?? 'all'}
          onChange={(next) => {
            change({ filter: next === 'all' ? undefined : next });
          }}
          data={[
            { value: 'all', label: t.all },
            { value: 'waiting', label: t.waiting },
            { value: 'mine', label: t.mine },
          ]}
        />
      </Stack>
      <Box className={classes.scroll} tabIndex={-1}>
        <Listed
          query={query}
          filtered={Boolean(filter ?? q)}
          onClear={() => {
            change({ filter: undefined, q: undefined });
          }}
          empty={
            <Nothing icon={IconMessages} title={t.empty} hint={t.emptyHint}>
              <Button component={Link} to="/simulator" leftSection={<IconDeviceMobileMessage size={18} />}>
                {t.tryShop}
              </Button>
            </Nothing>
          }
        >
          {(items) => items.map((row) => <Row key={row.id} row={row} active={row.id === active} />)}
        </Listed>
      </Box>
    </>
  );
}

function Row({ row, active }: { row: ConversationRow; active: boolean }) {
  const t = useText(inboxText);
  const { lang } = useLang();
  const { customer, last } = row;
  return (
    <Link
      to="/inbox/$id"
      params={{ id: row.id }}
      search={true}
      className={classes.row}
      data-active={active || undefined}
      aria-current={active ? 'true' : undefined}
    >
      <Group wrap="nowrap" gap="sm">
        <Face name={customer.name} size={44} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text fw={row.unread > 0 ? 750 : 600} className="clamp1">
              {personName(customer)}
            </Text>
            {last && (
              <Text size="xs" c="dimmed">
                <When at={last.at} />
              </Text>
            )}
          </Group>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" c={row.unread > 0 ? undefined : 'dimmed'} className="clamp1">
              {last ? `${last.direction === 'out' ? t.you : ''}${last.text || t.photo}` : ''}
            </Text>
            {row.unread > 0 && (
              <Badge circle size="md" variant="filled">
                {row.unread}
              </Badge>
            )}
          </Group>
          {(row.waiting_since ?? row.handed_off ?? row.test) && (
            <Group gap={6} mt={4}>
              {row.waiting_since ? (
                <Badge size="sm" variant="light" color="red" radius="sm">
                  {t.waitsFor(waited(row.waiting_since, lang))}
                </Badge>
              ) : (
                row.handed_off && (
                  <Badge size="sm" variant="light" color="blue" radius="sm">
                    {t.person}
                  </Badge>
                )
              )}
              {row.test && (
                <Badge size="sm" variant="light" color="grape" radius="sm">
                  {t.test}
                </Badge>
              )}
            </Group>
          )}
        </div>
      </Group>
    </Link>
  );
}
