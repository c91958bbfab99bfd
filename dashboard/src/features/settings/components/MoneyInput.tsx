import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useFormat } from '@/shared/session/session';

type MoneyInputProps = Omit<NumberInputProps, 'value' | 'onChange'> & {
  value?: number;
  onChange?: (minor: number) => void;
};

/** An amount in whole units for the person, in minor units for the form. */
export function MoneyInput({ value, onChange, ...rest }: MoneyInputProps) {
  const { currency } = useFormat();
  return (
    <NumberInput
      min={0}
      decimalScale={2}
      thousandSeparator=","
      prefix={`${currency} `}
      hideControls
      {...rest}
      value={(value ?? 0) / 100}
      onChange={(whole) => onChange?.(Math.round(Number(whole) * 100))}
    />
  );
}
