import { ActionIcon, Badge, Box, Button, Drawer, Group, Text } from '@mantine/core';
import { useDisclosure, useIntersection } from '@mantine/hooks';
import { IconArrowLeft, IconInfoCircle, IconRobot, IconUserUp } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { rows } from '@/shared/api/list';
import { Bubble } from '@/shared/chat/Bubble';
import { formatPhone, personName } from '@/shared/format/phone';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { Loaded } from '@/shared/ui/Loaded';
import { conversationQuery, markRead, messagesQuery, release, take, type Conversation } from '../inbox.api';
import { inboxText } from '../inbox.text';
import classes from '../inbox.module.css';
import { Compose } from './Compose';
import { CustomerPanel } from './CustomerPanel';
import { Why } from './Why';

export function Chat({ id }: { id: string }) {
  const client = useQueryClient();
  const conversation = useQuery(conversationQuery(id));
  const newest = useInfiniteQuery(messagesQuery(id)).data?.pages[0]?.items[0]?.id;
  const [turn, setTurn] = useState<string>();
  useEffect(() => {
    void markRead(id)
      .then(() => client.invalidateQueries({ queryKey: ['conversations', 'list'] }))
      .catch(() => undefined);
  }, [client, id, newest]);
  return (
    <Loaded query={conversation}>
      {(data) => (
        <>
          <ChatHead conversation={data} />
          <Thread id={id} onWhy={setTurn} />
          <Can right="handoff:perform">
            {data.writable ? <Compose id={id} handedOff={data.handed_off} /> : <Closed />}
          </Can>
          <Why
            turn={turn}
            onClose={() => {
              setTurn(undefined);
            }}
          />
        </>
      )}
    </Loaded>
  );
}

function ChatHead({ conversation }: { conversation: Conversation }) {
  const t = useText(inboxText);
  const common = useText(commonText);
  const [opened, { open, close }] = useDisclosure(false);
  const { id, customer, handed_off: handedOff } = conversation;
  const renew = [['conversations'], ['overview']];
  const taking = useChange({ run: () => take(id), done: t.taken, renew });
  const giving = useChange({ run: () => release(id), done: t.released, renew });
  return (
    <Group
      component="header"
      wrap="nowrap"
      gap="sm"
      p="sm"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <ActionIcon
        component={Link}
        to="/inbox"
        hiddenFrom="sm"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={common.back}
      >
        <IconArrowLeft size={22} />
      </ActionIcon>
      <Face name={customer.name} size={40} />
      <Box flex={1} miw={0}>
        <Text component="h2" m={0} fw={650} className="clamp1">
          {personName(customer)}
        </Text>
        <Text size="sm" c="dimmed" className="clamp1">
          {formatPhone(customer.phone)}
        </Text>
      </Box>
      {conversation.test && (
        <Badge variant="light" color="grape" radius="sm">
          {t.test}
        </Badge>
      )}
      <Can right="handoff:perform">
        {handedOff ? (
          <Button
            size="sm"
            variant="default"
            loading={giving.isPending}
            leftSection={<IconRobot size={18} />}
            visibleFrom="md"
            onClick={() => {
              giving.mutate();
            }}
          >
            {t.release}
          </Button>
        ) : (
          <Button
            size="sm"
            loading={taking.isPending}
            leftSection={<IconUserUp size={18} />}
            visibleFrom="md"
            onClick={() => {
              taking.mutate();
            }}
          >
            {t.takeOver}
          </Button>
        )}
        <ActionIcon
          size="lg"
          hiddenFrom="md"
          variant={handedOff ? 'default' : 'filled'}
          aria-label={handedOff ? t.release : t.takeOver}
          onClick={() => {
            (handedOff ? giving : taking).mutate();
          }}
        >
          {handedOff ? <IconRobot size={20} /> : <IconUserUp size={20} />}
        </ActionIcon>
      </Can>
      <ActionIcon size="lg" variant="default" aria-label={t.details} onClick={open}>
        <IconInfoCircle size={20} />
      </ActionIcon>
      <Drawer opened={opened} onClose={close} position="right" size={360} title={t.details}>
        <CustomerPanel conversation={conversation} />
      </Drawer>
    </Group>
  );
}

/** WhatsApp lets a shop write for a day after the customer's last words. */
function Closed() {
  const t = useText(inboxText);
  return (
    <Text size="sm" c="dimmed" ta="center" className={classes.compose}>
      {t.closed}
    </Text>
  );
}

/** Newest below; older ones are read when one comes to them. */
function Thread({ id, onWhy }: { id: string; onWhy: (turn: string) => void }) {
  const t = useText(inboxText);
  const query = useInfiniteQuery(messagesQuery(id));
  const { ref, entry } = useIntersection({ rootMargin: '400px' });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (entry?.isIntersecting && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [entry?.isIntersecting, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Box className={classes.thread} role="log" aria-label={t.hello} tabIndex={0}>
      {rows(query.data).map((message) => (
        <Bubble key={message.id} message={message} mine="shop" onWhy={onWhy} />
      ))}
      <div ref={ref} style={{ minHeight: 1 }} />
    </Box>
  );
}
