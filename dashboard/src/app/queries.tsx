import { Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '@/shared/api/problem';
import { commonText } from '@/shared/i18n/common.text';
import { firstLang } from '@/shared/i18n/text';
import { explain } from '@/shared/ui/errors';

const isFinal = (error: unknown) => error instanceof Problem && error.status >= 400 && error.status < 500;

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 20_000, retry: (count, error) => !isFinal(error) && count < 2 },
    mutations: { networkMode: 'always' },
  },
  mutationCache: new MutationCache({
    onError: (error, _input, _context, mutation) => {
      if (error instanceof Problem && error.status === 412) tellStale(error);
      else if (!mutation.meta?.quiet) {
        const lang = firstLang();
        notifications.show({ color: 'red', title: commonText[lang].failed, message: explain(error, lang) });
      }
    },
  }),
});

/** Somebody else was faster: what was typed stays until the person asks for what the other one saved. */
function tellStale(error: Problem): void {
  const lang = firstLang();
  const id = 'stale';
  const load = () => {
    notifications.hide(id);
    void queries.invalidateQueries();
  };
  notifications.show({
    id,
    color: 'orange',
    autoClose: false,
    title: commonText[lang].changed,
    message: (
      <Stack gap="xs" align="flex-start">
        {explain(error, lang)}
        <Button size="xs" onClick={load}>
          {commonText[lang].theirs}
        </Button>
      </Stack>
    ),
  });
}
