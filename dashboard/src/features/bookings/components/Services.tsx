import { ActionIcon, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconScissors, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { useText } from '@/shared/i18n/text';
import { dayNames } from '@/shared/i18n/days';
import { Can } from '@/shared/session/session';
import { confirm } from '@/shared/ui/confirm';
import { Loaded } from '@/shared/ui/Loaded';
import { Money } from '@/shared/ui/Money';
import { Nothing } from '@/shared/ui/Nothing';
import { bookingKeys, removeService, servicesQuery, type Service } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { ServiceForm } from './ServiceForm';

export function Services() {
  const t = useText(bookingsText);
  const query = useQuery(servicesQuery);
  const [edited, setEdited] = useState<Service | 'new'>();
  const addButton = (
    <Can right="services:edit">
      <Button
        variant="default"
        leftSection={<IconPlus size={18} />}
        onClick={() => {
          setEdited('new');
        }}
      >
        {t.addService}
      </Button>
    </Can>
  );
  return (
    <>
      <Loaded
        query={query}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Nothing icon={IconScissors} title={t.noServices} hint={t.noServicesHint}>
            {addButton}
          </Nothing>
        }
      >
        {(data) => (
          <Stack>
            <Group>{addButton}</Group>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {data.items.map((service) => (
                <ServiceCard
                  key={service.id}
                  service={service}
                  onEdit={() => {
                    setEdited(service);
                  }}
                />
              ))}
            </SimpleGrid>
          </Stack>
        )}
      </Loaded>
      {edited && (
        <ServiceForm
          service={edited === 'new' ? undefined : edited}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
    </>
  );
}

function ServiceCard({ service, onEdit }: { service: Service; onEdit: () => void }) {
  const t = useText(bookingsText);
  const common = useText(commonText);
  const days = useText(dayNames);
  const remove = useChange({ run: removeService, done: t.removed, renew: [bookingKeys.services] });
  const ask = () => {
    confirm({
      title: t.removeTitle,
      text: t.removeText,
      yes: common.delete,
      no: common.cancel,
      onYes: () => {
        remove.mutate(service);
      },
    });
  };
  return (
    <Card>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} fz="lg">
          {service.name}
        </Title>
        <Can right="services:edit">
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" aria-label={`${common.edit}: ${service.name}`} onClick={onEdit}>
              <IconPencil size={18} />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" aria-label={`${common.delete}: ${service.name}`} onClick={ask}>
              <IconTrash size={18} />
            </ActionIcon>
          </Group>
        </Can>
      </Group>
      <Group gap="xs" my={6}>
        <Text fw={700}>
          <Money value={service.price} />
        </Text>
        <Text c="dimmed">{t.duration(service.duration_min)}</Text>
      </Group>
      <Text size="sm" c="dimmed" lineClamp={2}>
        {service.description}
      </Text>
      <Text size="sm" mt="sm">
        {service.days.map((day) => days[day as keyof typeof days].slice(0, 3)).join(', ')} ·{' '}
        <span className="figures">
          {service.open}–{service.close}
        </span>
      </Text>
      <Group gap={6} mt="sm">
        {service.lanes.map((lane) => (
          <Badge key={lane} variant="light" color="gray" radius="sm">
            {lane}
          </Badge>
        ))}
      </Group>
    </Card>
  );
}
