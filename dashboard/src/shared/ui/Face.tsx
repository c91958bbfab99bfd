import { Avatar, type AvatarProps } from '@mantine/core';
import { initials } from '@/shared/format/phone';

/** A person as letters, always in the same colour. */
export function Face({ name, ...rest }: { name: string | null | undefined } & AvatarProps) {
  return (
    <Avatar color={name ? 'initials' : 'gray'} name={name ?? undefined} alt="" aria-hidden {...rest}>
      {name ? initials(name) : undefined}
    </Avatar>
  );
}
