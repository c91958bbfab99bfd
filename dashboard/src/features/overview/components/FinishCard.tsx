import { Button, Card, Group, Progress, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import { useCan, useMe } from '@/shared/session/session';
import { overviewText } from '../overview.text';

const STEPS = ['profile', 'catalogue', 'payments', 'channel', 'voice', 'test', 'live'];

/** Until the shop is live: how far it is, and the next step. */
export function FinishCard() {
  const t = useText(overviewText);
  const me = useMe();
  const may = useCan()('settings:manage');
  const done = STEPS.filter((step) => me?.onboarding.includes(step)).length;
  if (!me || !may || me.onboarding.includes('live') || done === STEPS.length) return null;
  return (
    <Card p={{ base: 'sm', sm: 'lg' }}>
      <Group justify="space-between" wrap="nowrap">
        <div style={{ flex: 1 }}>
          <Text fw={650}>{t.finish}</Text>
          <Text size="sm" c="dimmed">
            {t.finishHint(done, STEPS.length)}
          </Text>
          <Progress value={(done / STEPS.length) * 100} mt="xs" aria-label={t.finishHint(done, STEPS.length)} />
        </div>
        <Button component={Link} to="/welcome">
          {t.go}
        </Button>
      </Group>
    </Card>
  );
}
