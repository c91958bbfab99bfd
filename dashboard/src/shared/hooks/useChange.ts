import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';

interface Told<In, Out> {
  run: (input: In) => Promise<Out>;
  /** Said when it worked. */
  done?: string | ((out: Out, input: In) => string | undefined);
  /** Lists that are read again. */
  renew?: QueryKey[];
  onDone?: (out: Out, input: In) => void;
  /** Errors that the form shows itself are not said again. */
  quiet?: boolean;
}

/** A change on the server: what it touches is read again, and the person is told. */
export function useChange<In = void, Out = unknown>({ run, done, renew = [], onDone, quiet }: Told<In, Out>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    meta: { quiet: quiet ?? false },
    onSuccess: async (out, input) => {
      const message = typeof done === 'function' ? done(out, input) : done;
      if (message) notifications.show({ message, color: 'duka' });
      onDone?.(out, input);
      await Promise.all(renew.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
