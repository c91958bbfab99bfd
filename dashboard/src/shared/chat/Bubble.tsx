import { ActionIcon, Badge, Box, Group, Image, Text, Tooltip } from '@mantine/core';
import {
  IconAlertCircle,
  IconCash,
  IconCalendar,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  IconMapPin,
  IconReceipt,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Item } from '@/shared/api/types';
import { mediaUrl } from '@/shared/api/session';
import { dateTime, time } from '@/shared/format/dates';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { stateText } from '@/shared/ui/states.text';
import { chatText } from './chat.text';
import classes from './Bubble.module.css';

export type Message = Item<'/v1/conversations/{id}/messages'>;

interface BubbleProps {
  message: Message;
  /** Whose words stand on the right: the shop's in the inbox, the customer's on a customer's phone. */
  mine: 'shop' | 'customer';
  onWhy?: (turn: string) => void;
}

export function Bubble({ message, mine, onWhy }: BubbleProps) {
  const t = useText(chatText);
  const { clock } = useFormat();
  const fromShop = message.direction === 'out';
  const right = fromShop === (mine === 'shop');
  const { turn_id: turn } = message;
  return (
    <Box className={classes.row} data-right={right || undefined}>
      <Box
        className={classes.bubble}
        data-right={right || undefined}
        data-staff={message.author === 'staff' || undefined}
      >
        {mine === 'shop' && fromShop && (
          <Text size="xs" fw={650} c="dimmed">
            {message.author === 'staff' ? t.staff : t.assistant}
          </Text>
        )}
        <Media message={message} />
        {message.text && <Text className={classes.text}>{message.text}</Text>}
        {message.transcript && (
          <Text size="sm" c="dimmed" fs="italic">
            {t.heard}: {message.transcript}
          </Text>
        )}
        <Group gap={6} justify="flex-end" mt={2}>
          {turn && onWhy && (
            <Tooltip label={t.why}>
              <ActionIcon
                variant="transparent"
                color="gray"
                size="sm"
                aria-label={t.why}
                onClick={() => {
                  onWhy(turn);
                }}
              >
                <IconHelpCircle size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          <Text size="xs" c="dimmed" className="figures">
            {time(message.at, clock)}
          </Text>
          {right && <Ticks status={message.status} />}
        </Group>
      </Box>
      {message.markers.map((marker) => (
        <Marker key={marker.kind + marker.id} marker={marker} />
      ))}
      {message.status === 'failed' && (
        <Text size="sm" c="var(--mantine-color-error)">
          {message.error ?? t.failed}
        </Text>
      )}
    </Box>
  );
}

function Media({ message }: { message: Message }) {
  const t = useText(chatText);
  if (message.kind === 'location')
    return (
      <Group gap={4}>
        <IconMapPin size={18} />
        {message.location?.name ?? t.location}
      </Group>
    );
  if (!message.media) return null;
  if (message.kind === 'image')
    return (
      <Image
        src={mediaUrl(message.media)}
        alt={message.text ?? t.picture}
        radius="md"
        mah={320}
        w="auto"
        maw="100%"
        mb={4}
      />
    );
  if (message.kind === 'audio')
    return (
      <audio
        controls
        preload="none"
        src={mediaUrl(message.media)}
        aria-label={t.voice}
        style={{ maxWidth: '100%', height: 40 }}
      />
    );
  return (
    <Text component="a" href={mediaUrl(message.media)} td="underline">
      {t.document}
    </Text>
  );
}

const TICKS = { queued: IconClock, sent: IconCheck, delivered: IconChecks, read: IconChecks, failed: IconAlertCircle };

function Ticks({ status }: { status: Message['status'] }) {
  const t = useText(chatText);
  const Tick = TICKS[status];
  const color =
    status === 'read'
      ? 'var(--mantine-color-blue-6)'
      : status === 'failed'
        ? 'var(--mantine-color-error)'
        : 'var(--mantine-color-dimmed)';
  return <Tick size={16} color={color} role="img" aria-label={t[status]} />;
}

const MARKS = { order: IconReceipt, payment: IconCash, appointment: IconCalendar };

/** What the chat led to, in the place where it did. */
function Marker({ marker }: { marker: Message['markers'][number] }) {
  const t = useText(chatText);
  const states: Record<string, string> = useText(stateText);
  const { clock, money } = useFormat();
  const Mark = MARKS[marker.kind];
  const said = [
    marker.kind === 'appointment' ? t.appointment : (states[marker.text] ?? marker.text),
    marker.amount == null ? undefined : money(marker.amount),
    marker.start ? dateTime(marker.start, clock) : undefined,
  ];
  const badge = (
    <Badge variant="light" size="lg" radius="xl" leftSection={<Mark size={15} />} style={{ cursor: 'inherit' }}>
      {said.filter(Boolean).join(' · ')}
    </Badge>
  );
  return (
    <div className={classes.marker}>
      {marker.kind === 'order' ? (
        <Link to="/orders/$id" params={{ id: marker.id }} className="plain">
          {badge}
        </Link>
      ) : (
        badge
      )}
    </div>
  );
}
