import { Alert, Button, Card, Group, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useText } from '@/shared/i18n/text';
import type { Import } from '../products.api';
import { productsText } from '../products.text';

interface MappingProps {
  read: Import;
  running: boolean;
  onRun: (mapping: Record<string, string>) => void;
}

/** Which column of the file is what; guessed from its names, and the person's to change. */
export function Mapping({ read, running, onRun }: MappingProps) {
  const t = useText(productsText);
  const [mapping, setMapping] = useState<Record<string, string>>(read.mapping);
  const missing = read.fields.some((field) => field.required && !mapping[field.name]);
  const names: Record<string, string> = {
    name: t.fieldName,
    price: t.fieldPrice,
    stock: t.fieldStock,
    category: t.fieldCategory,
    sku: t.fieldSku,
    colour: t.fieldColour,
    colours: t.fieldColour,
    colors: t.fieldColour,
    size: t.fieldSize,
    sizes: t.fieldSize,
    description: t.fieldDescription,
    tags: t.fieldTags,
    image: t.fieldImage,
  };
  const choose = (field: string) => (column: string | null) => {
    setMapping((before) =>
      Object.fromEntries(
        Object.entries({ ...before, [field]: column }).filter((pair): pair is [string, string] => pair[1] !== null),
      ),
    );
  };
  return (
    <Stack gap="md" mt="md">
      <Card>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {read.fields.map((field) => (
            <Select
              key={field.name}
              label={names[field.name] ?? field.name}
              withAsterisk={field.required}
              clearable
              placeholder={t.notUsed}
              data={read.columns}
              value={mapping[field.name] ?? null}
              onChange={choose(field.name)}
            />
          ))}
        </SimpleGrid>
      </Card>
      <Card p={0}>
        <Title order={2} fz="md" p="md">
          {t.preview}
        </Title>
        <Table.ScrollContainer
          minWidth={read.columns.length * 120}
          scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                {read.columns.map((column) => (
                  <Table.Th key={column}>{column}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {read.preview.slice(0, 5).map((row, n) => (
                <Table.Tr key={n}>
                  {row.map((cell, c) => (
                    <Table.Td key={c}>{cell}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
      {read.problems.length > 0 && <Problems problems={read.problems} />}
      <Group justify="flex-end">
        <Button
          size="md"
          disabled={missing}
          loading={running}
          onClick={() => {
            onRun(mapping);
          }}
        >
          {t.run(read.total)}
        </Button>
      </Group>
    </Stack>
  );
}

export function Problems({ problems }: { problems: Import['problems'] }) {
  const t = useText(productsText);
  return (
    <Alert color="orange" title={t.problems}>
      <Stack gap={4} mah={260} style={{ overflow: 'auto' }} tabIndex={0}>
        {problems.slice(0, 200).map((problem, n) => (
          <Text key={n} size="sm">
            {t.line(problem.line)}
            {problem.column && `, ${problem.column}`}: {problem.message}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
