import { Button, Modal, Stack, type MantineSize } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { fieldErrors } from '@/shared/api/problem';

interface FormModalProps<Values extends object, In> {
  title: string;
  opened?: boolean;
  onClose: () => void;
  form: UseFormReturnType<Values>;
  change: { mutate: (input: In, options: { onError: (error: Error) => void }) => void; isPending: boolean };
  /** What is sent, of what was entered. */
  input: (values: Values) => In;
  submit: string;
  disabled?: boolean;
  size?: MantineSize;
  children: ReactNode;
}

/** A form in a window of its own; what the server refuses stands at its field. */
export function FormModal<Values extends object, In>({
  title,
  opened = true,
  onClose,
  form,
  change,
  input,
  submit,
  disabled,
  size,
  children,
}: FormModalProps<Values, In>) {
  const save = form.onSubmit((values) => {
    change.mutate(input(values as Values), {
      onError: (error) => {
        form.setErrors(fieldErrors(error));
      },
    });
  });
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size}>
      <form onSubmit={save}>
        <Stack gap="sm">
          {children}
          <Button type="submit" mt="xs" loading={change.isPending} disabled={disabled}>
            {submit}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
