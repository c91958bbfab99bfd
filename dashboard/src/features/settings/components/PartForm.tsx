import { Button, Group, Stack } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { fieldErrors } from '@/shared/api/problem';
import { useText } from '@/shared/i18n/text';
import { Loaded } from '@/shared/ui/Loaded';
import { settingsText } from '../settings.text';

interface PartState<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  save: { mutate: (values: T, options: { onError: (error: Error) => void }) => void; isPending: boolean };
}

interface PartFormProps<T extends object> {
  part: PartState<T>;
  /** What is asked of each field beside what the server checks. */
  children: (form: UseFormReturnType<T>) => ReactNode;
}

/** A part of the settings as a form: what was read, what is edited, one button. */
export function PartForm<T extends { version: number }>({ part, children }: PartFormProps<T>) {
  return (
    <Loaded query={part.query}>
      {(data) => (
        <Inner key={data.version} initial={data} save={part.save}>
          {children}
        </Inner>
      )}
    </Loaded>
  );
}

function Inner<T extends { version: number }>({
  initial,
  save,
  children,
}: {
  initial: T;
  save: PartState<T>['save'];
  children: PartFormProps<T>['children'];
}) {
  const t = useText(settingsText);
  const form = useForm<T>({ initialValues: initial });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        save.mutate(values as T, {
          onError: (error) => {
            form.setErrors(fieldErrors(error));
          },
        });
      })}
    >
      <Stack gap="md">
        {children(form)}
        <Group justify="flex-end" className="savebar">
          <Button type="submit" size="md" loading={save.isPending} disabled={!form.isDirty()}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
