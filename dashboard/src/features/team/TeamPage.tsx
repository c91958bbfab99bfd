import { Tabs } from '@mantine/core';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useText } from '@/shared/i18n/text';
import { Can } from '@/shared/session/session';
import { Page } from '@/shared/ui/Page';
import { Audit } from './components/Audit';
import { Keys } from './components/Keys';
import { People } from './components/People';
import { Roles } from './components/Roles';
import { teamText } from './team.text';

export function TeamPage() {
  const t = useText(teamText);
  const [{ tab = 'people' }, change] = useUrlState();
  return (
    <Page title={t.title}>
      <Tabs
        value={tab}
        onChange={(next) => {
          change({ tab: next ?? undefined });
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="people">{t.people}</Tabs.Tab>
          <Tabs.Tab value="roles">{t.roles}</Tabs.Tab>
          <Can right="integrations:manage">
            <Tabs.Tab value="keys">{t.keys}</Tabs.Tab>
          </Can>
          <Can right="audit:view">
            <Tabs.Tab value="audit">{t.audit}</Tabs.Tab>
          </Can>
        </Tabs.List>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <Roles />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <Audit />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
