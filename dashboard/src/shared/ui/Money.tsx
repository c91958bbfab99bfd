import { Text, type TextProps } from '@mantine/core';
import { useFormat } from '@/shared/session/session';

export function Money({ value, ...rest }: { value: number } & TextProps) {
  return (
    <Text span inherit className="figures" style={{ whiteSpace: 'nowrap' }} {...rest}>
      {useFormat().money(value)}
    </Text>
  );
}
