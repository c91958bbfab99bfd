import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useFormat } from '@/shared/session/session';

type MoneyInputProps = Omit<NumberInputProps, 'value' | 'onChange'> & {
  value?: number;
  onChange?: (minor: number) => void;
  /** If it is not the shop's. */
  currency?: string;
};

/** An amount: people type whole units, the form holds minor ones. */
export function MoneyInput({ value, onChange, currency, ...rest }: MoneyInputProps) {
  const shop = useFormat();
  return (
    <NumberInput
      min={0}
      decimalScale={2}
      prefix={`${currency ?? shop.currency} `}
      thousandSeparator=","
      hideControls
      {...rest}
      value={value === undefined ? '' : value / 100}
      onChange={(typed) => onChange?.(Math.round(Number(typed) * 100))}
    />
  );
}
