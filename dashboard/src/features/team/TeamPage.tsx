import { useText } from '@/shared/i18n/text';
import { Page } from '@/shared/ui/Page';
import { UrlTabs } from '@/shared/ui/UrlTabs';
import { Audit } from './components/Audit';
import { Keys } from './components/Keys';
import { People } from './components/People';
import { Roles } from './components/Roles';
import { teamText } from './team.text';

export function TeamPage() {
  const t = useText(teamText);
  return (
    <Page title={t.title}>
      <UrlTabs
        tabs={[
          { key: 'people', label: t.people, show: () => <People /> },
          { key: 'roles', label: t.roles, show: () => <Roles /> },
          { key: 'keys', label: t.keys, right: 'integrations:manage', show: () => <Keys /> },
          { key: 'audit', label: t.audit, right: 'audit:view', show: () => <Audit /> },
        ]}
      />
    </Page>
  );
}
