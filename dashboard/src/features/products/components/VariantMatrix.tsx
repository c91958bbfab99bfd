import { NumberInput, SimpleGrid, Table, TagsInput } from '@mantine/core';
import { useText } from '@/shared/i18n/text';
import { Section } from '@/shared/ui/Section';
import { matrix } from '../form';
import { productsText } from '../products.text';
import type { ProductFormState } from './ProductForm';

const SIZES = ['XS', 'S', 'M', 'L', 'XL', 'XXL', '36', '37', '38', '39', '40', '41', '42', '43'];
const COLOURS = [
  'black',
  'white',
  'blue',
  'navy',
  'red',
  'green',
  'yellow',
  'pink',
  'purple',
  'brown',
  'beige',
  'grey',
  'orange',
  'gold',
  'silver',
  'multicolour',
];

/** Every size in every colour with its own stock and, if it differs, its own price. */
export function VariantMatrix({ form }: { form: ProductFormState }) {
  const t = useText(productsText);
  const { sizes, colours, variants } = form.values;
  const set = (patch: { sizes?: string[]; colours?: string[] }) => {
    const next = { sizes, colours, ...patch };
    form.setValues({ ...next, variants: matrix(next.sizes, next.colours, variants) });
  };
  return (
    <Section title={t.selling} hint={t.sellingHint}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mb="md">
        <TagsInput
          label={t.sizes}
          placeholder={sizes.length ? undefined : t.sizesHint}
          data={SIZES}
          value={sizes}
          onChange={(value) => {
            set({ sizes: value });
          }}
        />
        <TagsInput
          label={t.colours}
          placeholder={colours.length ? undefined : t.sizesHint}
          data={COLOURS}
          value={colours}
          onChange={(value) => {
            set({ colours: value });
          }}
        />
      </SimpleGrid>
      <Table horizontalSpacing={6} verticalSpacing={6} highlightOnHover={false} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.product}</Table.Th>
            <Table.Th>{t.left}</Table.Th>
            <Table.Th>{t.ownPrice}</Table.Th>
            <Table.Th visibleFrom="xs">{t.warn}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {variants.map((variant, n) => {
            const name = [variant.size, variant.colour].filter(Boolean).join(' · ') || t.one;
            return (
              <Table.Tr key={name}>
                <Table.Td fw={600} fz="sm">
                  {name}
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    aria-label={`${t.left}: ${name}`}
                    min={0}
                    allowDecimal={false}
                    w={{ base: 72, xs: 90 }}
                    {...form.getInputProps(`variants.${n}.on_hand`)}
                  />
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    aria-label={`${t.ownPrice}: ${name}`}
                    min={0}
                    hideControls
                    thousandSeparator=","
                    placeholder={String(form.values.price)}
                    w={{ base: 84, xs: 120 }}
                    {...form.getInputProps(`variants.${n}.price`)}
                  />
                </Table.Td>
                <Table.Td visibleFrom="xs">
                  <NumberInput
                    aria-label={`${t.warn}: ${name}`}
                    min={0}
                    allowDecimal={false}
                    w={80}
                    {...form.getInputProps(`variants.${n}.threshold`)}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
