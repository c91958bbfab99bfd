import { Avatar, type AvatarProps } from '@mantine/core';
import { initials } from '@/shared/format/phone';

/** A person as letters, always in the same colour. */
export function Face({ name, ...rest }: { name: string | null | undefined } & Omit<AvatarProps, 'name'>) {
  return (
    <Avatar
      color={name ? 'initials' : 'gray'}
      allowedInitialsColors={['duka', 'blue', 'grape', 'indigo', 'violet', 'pink']}
      name={name ?? undefined}
      alt=""
      aria-hidden
      {...rest}
    >
      {name ? initials(name) : undefined}
    </Avatar>
  );
}
