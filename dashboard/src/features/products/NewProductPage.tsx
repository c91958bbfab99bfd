import { SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Page } from '@/shared/ui/Page';
import { Picture } from '@/shared/ui/Picture';
import { Section } from '@/shared/ui/Section';
import { ProductForm, useProductForm } from './components/ProductForm';
import { bodyOf, emptyProduct, matrix, type ProductValues } from './form';
import { addImages, createProduct, describe, productKeys } from './products.api';
import { productsText } from './products.text';

const PhotoDrop = lazy(() => import('./components/PhotoDrop').then((m) => ({ default: m.PhotoDrop })));

/** A code from the words of a name: "Blue wrap dress" becomes "BWD-4821". */
function codeOf(name: string): string {
  const letters = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join('')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 4);
  return letters ? `${letters}-${Date.now().toString().slice(-4)}` : '';
}

export function NewProductPage() {
  const t = useText(productsText);
  const navigate = useNavigate();
  const form = useProductForm(emptyProduct());
  const [photos, setPhotos] = useState<File[]>([]);
  const seen = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(
    () => () => {
      seen.forEach((url) => {
        URL.revokeObjectURL(url);
      });
    },
    [seen],
  );

  // What the photo shows fills what is still empty; the person looks it over.
  const look = useMutation({
    mutationFn: describe,
    meta: { quiet: true },
    onSuccess: (told) => {
      const { values } = form;
      const colours = values.colours.length ? values.colours : told.colours;
      form.setValues({
        name: values.name || (told.name ?? ''),
        category: values.category || (told.category ?? ''),
        description: values.description || (told.description ?? ''),
        tags: values.tags.length ? values.tags : told.tags,
        colours,
        variants: matrix(values.sizes, colours, values.variants),
        sku: values.sku || codeOf(told.name ?? ''),
      });
    },
  });
  const create = useChange({
    run: async (values: ProductValues) => {
      const product = await createProduct(bodyOf(values));
      if (photos.length > 0) await addImages({ id: product.id, files: photos });
      return product;
    },
    done: t.created,
    renew: [productKeys.all],
    onDone: () => void navigate({ to: '/products' }),
  });
  const take = (files: File[]) => {
    setPhotos((before) => [...before, ...files]);
    const [first] = files;
    if (photos.length === 0 && first) look.mutate(first);
  };
  return (
    <Page title={t.newTitle} back="/products">
      <ProductForm
        form={form}
        error={create.error}
        saving={create.isPending}
        onSave={(values) => {
          create.mutate(values);
        }}
        aside={
          <Section title={t.photos} hint={t.describeHint}>
            <SimpleGrid cols={3} spacing="xs" mb="sm">
              {seen.map((url, n) => (
                <Picture key={url} src={url} alt={`${t.photos} ${n + 1}`} />
              ))}
            </SimpleGrid>
            <Suspense fallback={<Skeleton h={90} />}>
              <PhotoDrop loading={look.isPending} onPhotos={take} />
            </Suspense>
            {look.isSuccess && (
              <Text size="sm" mt="sm" role="status">
                {t.described}
              </Text>
            )}
          </Section>
        }
      />
    </Page>
  );
}
