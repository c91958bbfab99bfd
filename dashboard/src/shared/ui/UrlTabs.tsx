import { Tabs } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useUrlState } from '@/shared/hooks/useUrlState';
import { useCan, type Right } from '@/shared/session/session';

interface UrlTab {
  key: string;
  label: string;
  aside?: ReactNode;
  right?: Right;
  show: () => ReactNode;
}

/** The parts of a page; which one is open is in its address, the first one is without. */
export function UrlTabs({ tabs }: { tabs: UrlTab[] }) {
  const can = useCan();
  const [{ tab }, change] = useUrlState();
  const list = useRef<HTMLDivElement>(null);
  const may = tabs.filter((one) => can(one.right));
  const shown = may.find((one) => one.key === tab) ?? may[0];
  useEffect(() => {
    // Sideways only: the page itself stays where it is.
    const active = list.current?.querySelector<HTMLElement>('[data-active]');
    if (active) list.current?.scrollTo({ left: active.offsetLeft - 24 });
  }, [shown?.key]);
  if (!shown) return null;
  return (
    <Tabs
      value={shown.key}
      onChange={(next) => {
        change({ tab: next === may[0]?.key ? undefined : (next ?? undefined) });
      }}
      keepMounted={false}
    >
      <Tabs.List mb="md" ref={list}>
        {may.map((one) => (
          <Tabs.Tab key={one.key} value={one.key} rightSection={one.aside}>
            {one.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown.key}>{shown.show()}</Tabs.Panel>
    </Tabs>
  );
}
