import { Button, Center } from '@mantine/core';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function MoreButton({ query }: { query: Pages }) {
  const t = useText(commonText);
  if (!query.hasNextPage) return null;
  return (
    <Center>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t.more}
      </Button>
    </Center>
  );
}
