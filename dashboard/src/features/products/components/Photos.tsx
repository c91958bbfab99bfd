import { ActionIcon, Badge, Box, Group, SimpleGrid, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useReorder } from '@/shared/hooks/useReorder';
import { useText } from '@/shared/i18n/text';
import { Picture } from '@/shared/ui/Picture';
import { Section } from '@/shared/ui/Section';
import { addImages, orderImages, productKeys, removeImage, type Product } from '../products.api';
import { productsText } from '../products.text';

const PhotoDrop = lazy(() => import('./PhotoDrop').then((m) => ({ default: m.PhotoDrop })));

/** The photos of a product: added, removed, and put in order by dragging or with the arrows. */
export function Photos({ product }: { product: Product }) {
  const t = useText(productsText);
  const { id } = product;
  const renew = [productKeys.all];
  const add = useChange({ run: (files: File[]) => addImages({ id, files }), renew });
  const order = useChange({ run: orderImages, renew });
  const remove = useChange({ run: removeImage, renew });
  const images = [...product.images].sort((a, b) => a.position - b.position);
  const { move, handle } = useReorder(
    images.map((image) => image.id),
    (ids) => {
      order.mutate({ id, order: ids });
    },
  );
  return (
    <Section title={t.photos} hint={t.photosHint}>
      <SimpleGrid cols={{ base: 3, lg: 3 }} spacing="xs" mb="sm">
        {images.map((image, n) => (
          <Box key={image.id} pos="relative" {...handle(n)}>
            <Picture src={image.url} alt={image.alt ?? `${product.name} ${n + 1}`} />
            {n === 0 && (
              <Badge pos="absolute" top={6} left={6} size="sm" radius="sm">
                {t.first}
              </Badge>
            )}
            <Group gap={4} mt={4} justify="center" wrap="nowrap">
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t.moveLeft}
                disabled={n === 0}
                onClick={() => {
                  move(n, n - 1);
                }}
              >
                <IconArrowLeft size={16} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="red"
                aria-label={t.removePhoto}
                onClick={() => {
                  remove.mutate({ id, image: image.id });
                }}
              >
                <IconTrash size={16} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t.moveRight}
                disabled={n === images.length - 1}
                onClick={() => {
                  move(n, n + 1);
                }}
              >
                <IconArrowRight size={16} />
              </ActionIcon>
            </Group>
          </Box>
        ))}
      </SimpleGrid>
      <Suspense fallback={<Skeleton h={90} />}>
        <PhotoDrop
          loading={add.isPending}
          onPhotos={(files) => {
            add.mutate(files);
          }}
        />
      </Suspense>
    </Section>
  );
}
