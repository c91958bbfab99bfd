import { MutationCache, QueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { Problem } from '@/shared/api/problem';
import { commonText } from '@/shared/i18n/common.text';
import { firstLang } from '@/shared/i18n/text';
import { explain } from '@/shared/ui/errors';

const isFinal = (error: unknown) => error instanceof Problem && error.status >= 400 && error.status < 500;

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 20_000, retry: (count, error) => !isFinal(error) && count < 2 },
  },
  mutationCache: new MutationCache({
    onError: (error, _input, _context, mutation) => {
      if (mutation.meta?.quiet) return;
      const lang = firstLang();
      notifications.show({ color: 'red', title: commonText[lang].failed, message: explain(error, lang) });
    },
  }),
});
