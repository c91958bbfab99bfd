import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';

type SearchFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | undefined;
  onChange: (value: string) => void;
};

/** Searches a moment after the last key. */
export function SearchField({ value = '', onChange, ...rest }: SearchFieldProps) {
  const t = useText(commonText);
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, 250);
  useEffect(() => {
    setTyped(value);
  }, [value]);
  const type = (next: string) => {
    setTyped(next);
    later(next);
  };
  return (
    <TextInput
      type="search"
      aria-label={rest.placeholder ?? t.search}
      placeholder={t.search}
      leftSection={<IconSearch size={18} />}
      rightSection={
        typed ? (
          <CloseButton
            size="sm"
            aria-label={t.clear}
            onClick={() => {
              type('');
            }}
          />
        ) : null
      }
      {...rest}
      value={typed}
      onChange={(event) => {
        type(event.currentTarget.value);
      }}
    />
  );
}
