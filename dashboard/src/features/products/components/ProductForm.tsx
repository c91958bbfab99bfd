import {
  Autocomplete,
  Button,
  Grid,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { fieldErrors } from '@/shared/api/problem';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { Section } from '@/shared/ui/Section';
import type { ProductValues } from '../form';
import { facetsQuery } from '../products.api';
import { productsText } from '../products.text';
import { VariantMatrix } from './VariantMatrix';

export type ProductFormState = UseFormReturnType<ProductValues>;

export function useProductForm(initialValues: ProductValues): ProductFormState {
  const t = useText(productsText);
  return useForm<ProductValues>({
    initialValues,
    validate: {
      name: (value) => (value.trim() ? null : t.needName),
      sku: (value) => (value.trim() ? null : t.needSku),
      price: (value) => (value !== '' && value > 0 ? null : t.needPrice),
    },
  });
}

interface ProductFormProps {
  form: ProductFormState;
  error: unknown;
  saving: boolean;
  onSave: (values: ProductValues) => void;
  /** What stands beside, on a phone above: the photos. */
  aside: ReactNode;
  /** What stands under that, on a phone at the end. */
  below?: ReactNode;
}

export function ProductForm({ form, error, saving, onSave, aside, below }: ProductFormProps) {
  const t = useText(productsText);
  const common = useText(commonText);
  const { currency } = useFormat();
  const categories = useQuery(facetsQuery).data?.categories.map((one) => one.name) ?? [];
  const wide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const { setErrors } = form;
  useEffect(() => {
    setErrors(fieldErrors(error));
  }, [error, setErrors]);
  const money = {
    min: 0,
    decimalScale: 2,
    thousandSeparator: ',',
    prefix: `${currency} `,
    hideControls: true,
  } as const;
  return (
    <form onSubmit={form.onSubmit(onSave)}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }} order={{ base: 2, lg: 1 }}>
          <Stack gap="md">
            <Section title={t.basics}>
              <Stack gap="sm">
                <TextInput label={t.name} withAsterisk {...form.getInputProps('name')} />
                <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                  <TextInput label={t.code} withAsterisk {...form.getInputProps('sku')} />
                  <Autocomplete label={t.category} data={categories} {...form.getInputProps('category')} />
                  <NumberInput label={t.price} withAsterisk {...money} {...form.getInputProps('price')} />
                  <NumberInput
                    label={t.compareAt}
                    placeholder={t.compareHint}
                    {...money}
                    {...form.getInputProps('compare_at')}
                  />
                </SimpleGrid>
                <Textarea label={t.description} autosize minRows={3} {...form.getInputProps('description')} />
                <TagsInput
                  label={t.tags}
                  placeholder={form.values.tags.length ? undefined : t.tagsHint}
                  {...form.getInputProps('tags')}
                />
                <Switch label={t.active} {...form.getInputProps('active', { type: 'checkbox' })} />
              </Stack>
            </Section>
            <VariantMatrix form={form} />
            {!wide && below}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }} order={{ base: 1, lg: 2 }}>
          <Stack gap="md">
            {aside}
            {wide && below}
          </Stack>
        </Grid.Col>
      </Grid>
      <Group justify="flex-end" mt="md" className="savebar">
        <Button type="submit" size="md" loading={saving} disabled={!form.isDirty()} w={{ base: '100%', xs: 'auto' }}>
          {common.save}
        </Button>
      </Group>
    </form>
  );
}
