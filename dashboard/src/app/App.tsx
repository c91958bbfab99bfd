import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { firstLang, LangProvider, type Lang } from '@/shared/i18n/text';
import { queries } from './queries';
import { router } from './router';
import { themeIn, variables } from './theme';

export function App() {
  const [lang, setLang] = useState<Lang>(firstLang);
  const theme = useMemo(() => themeIn(lang), [lang]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <LangProvider lang={lang} setLang={setLang}>
        <QueryClientProvider client={queries}>
          <ModalsProvider>
            <Notifications position="top-right" limit={4} />
            <RouterProvider router={router} />
          </ModalsProvider>
        </QueryClientProvider>
      </LangProvider>
    </MantineProvider>
  );
}
