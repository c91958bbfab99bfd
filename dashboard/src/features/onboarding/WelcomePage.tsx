import { Alert, Button, Card, Group, Progress, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconConfetti } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { meQuery } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { Page } from '@/shared/ui/Page';
import { onboardingQuery, setStep } from './onboarding.api';
import { onboardingText } from './onboarding.text';

type Step = 'profile' | 'catalogue' | 'payments' | 'channel' | 'voice' | 'test' | 'live';
interface Way {
  to: string;
  search?: Record<string, string>;
  label: 'open' | 'csv' | 'photos';
}

const STEPS: { step: Step; ways: Way[] }[] = [
  { step: 'profile', ways: [{ to: '/settings', search: { tab: 'profile' }, label: 'open' }] },
  {
    step: 'catalogue',
    ways: [
      { to: '/products/import', label: 'csv' },
      { to: '/products/new', label: 'photos' },
    ],
  },
  { step: 'payments', ways: [{ to: '/settings', search: { tab: 'payments' }, label: 'open' }] },
  { step: 'channel', ways: [{ to: '/settings', search: { tab: 'channels' }, label: 'open' }] },
  { step: 'voice', ways: [{ to: '/settings', search: { tab: 'personality' }, label: 'open' }] },
  { step: 'test', ways: [{ to: '/simulator', label: 'open' }] },
  { step: 'live', ways: [] },
];

/** The way from an empty shop to the first answered customer. */
export function WelcomePage() {
  const t = useText(onboardingText);
  const query = useQuery(onboardingQuery);
  const set = useChange({ run: setStep, renew: [onboardingQuery.queryKey, meQuery.queryKey] });
  return (
    <Page title={t.title} subtitle={t.hint} width="narrow">
      <Loaded query={query}>
        {(data) => {
          const isDone = (step: Step) => data.done.includes(step);
          const count = STEPS.filter(({ step }) => isDone(step)).length;
          const next = STEPS.find(({ step }) => !isDone(step))?.step;
          return (
            <Stack gap="md">
              {data.live ? (
                <Alert color="duka" icon={<IconConfetti />} title={t.isLive}>
                  {t.isLiveText} <Link to="/">{t.home}</Link>
                </Alert>
              ) : (
                <div>
                  <Text size="sm" c="dimmed" mb={6}>
                    {t.progress(count, STEPS.length)}
                  </Text>
                  <Progress
                    value={(count / STEPS.length) * 100}
                    size="lg"
                    aria-label={t.progress(count, STEPS.length)}
                  />
                </div>
              )}
              {STEPS.map(({ step, ways }, n) => {
                const done = isDone(step);
                const current = step === next;
                return (
                  <Card
                    key={step}
                    p={{ base: 'md', sm: 'lg' }}
                    style={current ? { borderColor: 'var(--mantine-color-duka-6)', borderWidth: 2 } : undefined}
                  >
                    <Group wrap="nowrap" align="flex-start">
                      <ThemeIcon size={36} radius="xl" variant={done ? 'filled' : 'light'}>
                        {done ? <IconCheck size={20} /> : <Text fw={700}>{n + 1}</Text>}
                      </ThemeIcon>
                      <div style={{ flex: 1 }}>
                        <Title order={2} fz="lg">
                          {t[step]}
                        </Title>
                        {(!done || current) && (
                          <Text c="dimmed" mb="sm">
                            {t[`${step}Text`]}
                          </Text>
                        )}
                        <Group gap="xs">
                          {!done &&
                            ways.map((way) => (
                              <Button
                                key={way.to}
                                component={Link}
                                to={way.to}
                                search={way.search as never}
                                variant={current ? 'filled' : 'default'}
                              >
                                {t[way.label]}
                              </Button>
                            ))}
                          {step === 'live' && !done ? (
                            <Button
                              variant={current ? 'filled' : 'default'}
                              loading={set.isPending}
                              onClick={() => {
                                set.mutate({ step, done: true });
                              }}
                            >
                              {t.goLive}
                            </Button>
                          ) : (
                            !done && (
                              <Button
                                variant="subtle"
                                onClick={() => {
                                  set.mutate({ step, done: true });
                                }}
                              >
                                {t.done}
                              </Button>
                            )
                          )}
                        </Group>
                      </div>
                      {done && step !== 'live' && (
                        <Button
                          variant="subtle"
                          color="gray"
                          size="compact-sm"
                          onClick={() => {
                            set.mutate({ step, done: false });
                          }}
                        >
                          {t.undo}
                        </Button>
                      )}
                    </Group>
                  </Card>
                );
              })}
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
