import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '@/shared/i18n/text';
import { Page } from '@/shared/ui/Page';
import { UrlTabs } from '@/shared/ui/UrlTabs';
import { Documents } from './components/Documents';
import { Lessons } from './components/Lessons';
import { Phrases } from './components/Phrases';
import { lessonsQuery } from './knowledge.api';
import { knowledgeText } from './knowledge.text';

export function KnowledgePage() {
  const t = useText(knowledgeText);
  const waiting = useQuery(lessonsQuery).data?.items.length ?? 0;
  const count = waiting > 0 && (
    <Badge size="sm" circle>
      {waiting}
    </Badge>
  );
  return (
    <Page title={t.title} subtitle={t.hint} width="narrow">
      <UrlTabs
        tabs={[
          { key: 'documents', label: t.documents, show: () => <Documents /> },
          { key: 'phrases', label: t.phrases, show: () => <Phrases /> },
          { key: 'lessons', label: t.lessons, aside: count, show: () => <Lessons /> },
        ]}
      />
    </Page>
  );
}
