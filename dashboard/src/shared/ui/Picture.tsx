import { Box, Center } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { mediaUrl } from '@/shared/api/session';

interface PictureProps {
  src: string | null | undefined;
  alt: string;
  size?: number | string;
  ratio?: number;
  radius?: string;
}

/** A picture of the shop, or the place where one would be. */
export function Picture({ src, alt, size = '100%', ratio = 1, radius = 'md' }: PictureProps) {
  const [broken, setBroken] = useState(false);
  const shape = {
    width: size,
    aspectRatio: ratio,
    borderRadius: `var(--mantine-radius-${radius})`,
    flex: 'none',
    objectFit: 'cover' as const,
    background: 'var(--duka-soft)',
  };
  if (!src || broken) {
    return (
      <Center style={shape} c="dimmed" {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}>
        <IconPhoto size={22} stroke={1.5} />
      </Center>
    );
  }
  return (
    <Box
      component="img"
      src={mediaUrl(src)}
      alt={alt}
      loading="lazy"
      decoding="async"
      style={shape}
      onError={() => {
        setBroken(true);
      }}
    />
  );
}
