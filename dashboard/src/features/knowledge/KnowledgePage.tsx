import { Badge, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { Page } from '@/shared/ui/Page';
import { Documents } from './components/Documents';
import { Lessons } from './components/Lessons';
import { Phrases } from './components/Phrases';
import { lessonsQuery } from './knowledge.api';
import { knowledgeText } from './knowledge.text';

export function KnowledgePage() {
  const t = useText(knowledgeText);
  const [{ tab = 'documents' }, change] = useUrlState();
  const waiting = useQuery(lessonsQuery).data?.items.length ?? 0;
  return (
    <Page title={t.title} subtitle={t.hint} width="narrow">
      <Tabs
        value={tab}
        onChange={(next) => {
          change({ tab: next ?? undefined });
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="documents">{t.documents}</Tabs.Tab>
          <Tabs.Tab value="phrases">{t.phrases}</Tabs.Tab>
          <Tabs.Tab
            value="lessons"
            rightSection={
              waiting > 0 && (
                <Badge size="sm" circle>
                  {waiting}
                </Badge>
              )
            }
          >
            {t.lessons}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="documents">
          <Documents />
        </Tabs.Panel>
        <Tabs.Panel value="phrases">
          <Phrases />
        </Tabs.Panel>
        <Tabs.Panel value="lessons">
          <Lessons />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
