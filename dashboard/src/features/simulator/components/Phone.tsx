import { ActionIcon, FileButton, Text, Textarea } from '@mantine/core';
import { IconPhotoPlus, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Bubble } from '@/shared/chat/Bubble';
import type { In } from '@/shared/api/types';
import { useText } from '@/shared/i18n/text';
import { useMe } from '@/shared/session/session';
import { Face } from '@/shared/ui/Face';
import { Loaded } from '@/shared/ui/Loaded';
import { pictureOf, simulatorQuery } from '../simulator.api';
import { simulatorText } from '../simulator.text';
import classes from '../simulator.module.css';

interface PhoneProps {
  send: { mutate: (message: In<'/v1/simulator/messages'>) => void; isPending: boolean };
}

export function Phone({ send }: PhoneProps) {
  const t = useText(simulatorText);
  const shop = useMe()?.shop.name;
  const query = useQuery(simulatorQuery);
  const [text, setText] = useState('');
  const go = () => {
    if (!text.trim() || send.isPending) return;
    send.mutate({ text: text.trim() });
    setText('');
  };
  const show = async (file: File | null) => {
    if (file) send.mutate({ image: await pictureOf(file) });
  };
  return (
    <section className={classes.phone} aria-label={t.title}>
      <header className={classes.head}>
        <Face name={shop} size={38} color="duka" variant="white" />
        <div>
          <Text fw={650} lh={1.2}>
            {shop}
          </Text>
          <Text size="sm" lh={1.2} style={{ opacity: 0.9 }}>
            {send.isPending || query.data?.items[0]?.author === 'customer' ? t.thinking : t.online}
          </Text>
        </div>
      </header>
      <div className={classes.thread} role="log" tabIndex={0}>
        <Loaded
          query={query}
          isEmpty={(data) => data.items.length === 0}
          empty={
            <div style={{ margin: 'auto', textAlign: 'center' }}>
              <Text fw={600}>{t.hello}</Text>
              <Text size="sm" c="dimmed">
                {t.helloHint}
              </Text>
            </div>
          }
        >
          {(data) => data.items.map((message) => <Bubble key={message.id} message={message} mine="customer" />)}
        </Loaded>
      </div>
      <div className={classes.compose}>
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void show(file)}>
          {(props) => (
            <ActionIcon {...props} size={42} radius="xl" variant="subtle" color="gray" aria-label={t.picture}>
              <IconPhotoPlus size={22} />
            </ActionIcon>
          )}
        </FileButton>
        <Textarea
          flex={1}
          autosize
          maxRows={4}
          radius="lg"
          aria-label={t.write}
          placeholder={t.write}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            go();
          }}
        />
        <ActionIcon
          size={42}
          radius="xl"
          aria-label={t.send}
          disabled={!text.trim()}
          loading={send.isPending}
          onClick={go}
        >
          <IconSend size={20} />
        </ActionIcon>
      </div>
    </section>
  );
}
