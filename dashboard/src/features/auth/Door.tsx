import { Box, Card, Group, List, SegmentedControl, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconBrandWhatsapp, IconCash, IconUserHeart } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useLang, useText, type Lang } from '@/shared/i18n/text';
import { authText } from './auth.text';

/** What one sees from outside the shop. */
export function Door({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  const t = useText(authText);
  const { lang, setLang } = useLang();
  useEffect(() => {
    document.title = `${title} · Duka`;
  }, [title]);
  const points = [
    { icon: IconBrandWhatsapp, text: t.point1 },
    { icon: IconCash, text: t.point2 },
    { icon: IconUserHeart, text: t.point3 },
  ];
  return (
    <Box mih="100dvh" style={{ display: 'flex' }}>
      <Box
        visibleFrom="md"
        w="44%"
        p={56}
        c="white"
        bg="duka.8"
        style={{ display: 'flex', flexDirection: 'column', justifyContent: 'space-between' }}
      >
        <Group gap="sm">
          <img
            src="/icon.svg"
            alt=""
            width={44}
            height={44}
            style={{ borderRadius: 10, outline: '2px solid rgba(255,255,255,.25)' }}
          />
          <Text className="display" fz={28} fw={700}>
            Duka
          </Text>
        </Group>
        <Stack gap="xl">
          <Text className="display" fz={44} fw={700} lh={1.1} maw={440}>
            {t.tagline}
          </Text>
          <List spacing="md" size="lg" center>
            {points.map((point) => (
              <List.Item
                key={point.text}
                icon={
                  <ThemeIcon color="duka.6" size={38} radius="md">
                    <point.icon size={22} />
                  </ThemeIcon>
                }
              >
                {point.text}
              </List.Item>
            ))}
          </List>
        </Stack>
        <span />
      </Box>
      <Stack component="main" flex={1} justify="center" align="center" p="md" gap="lg">
        <Card w="100%" maw={440} p={{ base: 'lg', sm: 'xl' }}>
          <Stack gap="md">
            <Box hiddenFrom="md">
              <img src="/icon.svg" alt="Duka" width={48} height={48} />
            </Box>
            <div>
              <Title order={1} fz={28}>
                {title}
              </Title>
              <Text c="dimmed">{hint}</Text>
            </div>
            {children}
          </Stack>
        </Card>
        <SegmentedControl
          value={lang}
          onChange={(value) => {
            setLang(value as Lang);
          }}
          data={[
            { value: 'en', label: 'English' },
            { value: 'sw', label: 'Kiswahili' },
          ]}
        />
      </Stack>
    </Box>
  );
}
