import { SegmentedControl, Select, TextInput, type ComboboxItem, type SelectProps } from '@mantine/core';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { SearchField } from './SearchField';

/** The words that are searched for, kept in the address. */
export function UrlSearch({ placeholder, ...rest }: { placeholder: string; maw?: number; flex?: string }) {
  const [{ q }, change] = useUrlState();
  return (
    <SearchField
      value={q}
      onChange={(next) => {
        change({ q: next });
      }}
      placeholder={placeholder}
      flex="1 1 200px"
      {...rest}
    />
  );
}

interface UrlSelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'name' | 'data'> {
  name: string;
  data: ComboboxItem[];
  /** What holds if the address says nothing; without it nothing has to be chosen. */
  otherwise?: string;
}

/** A choice that is kept in the address. */
export function UrlSelect({ name, data, otherwise, ...rest }: UrlSelectProps) {
  const [search, change] = useUrlState();
  return (
    <Select
      aria-label={rest.label ? undefined : rest.placeholder}
      clearable={otherwise === undefined}
      allowDeselect={otherwise === undefined}
      flex="1 1 140px"
      maw={{ sm: 230 }}
      {...rest}
      data={data}
      value={search[name] ?? otherwise ?? null}
      onChange={(next) => {
        change({ [name]: next === otherwise ? undefined : (next ?? undefined) });
      }}
    />
  );
}

/** From one day to another, kept in the address. */
export function UrlDates() {
  const t = useText(commonText);
  const [search, change] = useUrlState();
  return (['from', 'to'] as const).map((name) => (
    <TextInput
      key={name}
      type="date"
      label={t[name]}
      value={search[name] ?? ''}
      onChange={(event) => {
        change({ [name]: event.currentTarget.value });
      }}
    />
  ));
}

/** The days back from today that a page is about, kept in the address. */
export function UrlDays({ also }: { also?: Record<string, undefined> }) {
  const t = useText(commonText);
  const [{ days = '30' }, change] = useUrlState();
  return (
    <SegmentedControl
      aria-label={t.span}
      value={days}
      onChange={(next) => {
        change({ ...also, days: next === '30' ? undefined : next });
      }}
      data={['7', '30', '90'].map((value) => ({ value, label: t.days(Number(value)) }))}
    />
  );
}
