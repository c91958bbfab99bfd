import { Button, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '@/shared/i18n/text';
import type { Import } from '../products.api';
import { productsText } from '../products.text';
import { Problems } from './Mapping';

export function Report({ report, onAgain }: { report: Import; onAgain: () => void }) {
  const t = useText(productsText);
  const over = report.state === 'done' || report.state === 'failed';
  const share = report.total > 0 ? (report.done / report.total) * 100 : 0;
  const counts: [string, number][] = [
    [t.createdN, report.created],
    [t.updatedN, report.updated],
    [t.failedN, report.failed],
  ];
  return (
    <Stack gap="md" mt="md">
      <Card aria-live="polite">
        <Title order={2} fz="lg" mb="sm">
          {over ? t.importDone : t.running}
        </Title>
        {!over && <Progress value={share} animated size="lg" aria-label={t.running} />}
        <SimpleGrid cols={3} mt="sm">
          {counts.map(([name, count]) => (
            <div key={name}>
              <Text c="dimmed" size="sm">
                {name}
              </Text>
              <Text className="display figures" fz={26} fw={700}>
                {count}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      </Card>
      {report.problems.length > 0 && <Problems problems={report.problems} />}
      {over && (
        <Group>
          <Button component={Link} to="/products">
            {t.toProducts}
          </Button>
          <Button variant="default" onClick={onAgain}>
            {t.again}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
