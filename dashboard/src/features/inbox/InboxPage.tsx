import { Box, Card } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePhone } from '@/shared/hooks/usePhone';
import { useText } from '@/shared/i18n/text';
import { Nothing } from '@/shared/ui/Nothing';
import { Page } from '@/shared/ui/Page';
import { Chat } from './components/Chat';
import { ConversationList } from './components/ConversationList';
import { ReplyBook } from './components/ReplyBook';
import { inboxText } from './inbox.text';
import classes from './inbox.module.css';

/** The list and one conversation: beside each other on a desk, one after the other on a phone. */
export function InboxPage() {
  const t = useText(inboxText);
  const { id } = useParams({ strict: false });
  const phone = usePhone();
  useEffect(() => {
    document.title = `${t.title} · Duka`;
  }, [t.title]);
  if (phone) {
    if (id)
      return (
        <Box className={classes.phone}>
          <Chat key={id} id={id} />
        </Box>
      );
    return (
      <Page title={t.title} actions={<ReplyBook />}>
        <Box>
          <ConversationList />
        </Box>
      </Page>
    );
  }
  return (
    <Page title={t.title} actions={<ReplyBook />}>
      <Box className={classes.desk}>
        <Box className={classes.list}>
          <ConversationList active={id} />
        </Box>
        <Card p={0} className={classes.chat}>
          {id ? <Chat key={id} id={id} /> : <Nothing icon={IconMessages} title={t.choose} hint={t.chooseHint} />}
        </Card>
      </Box>
    </Page>
  );
}
