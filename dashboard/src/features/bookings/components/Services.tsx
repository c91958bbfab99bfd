import { Badge, Card, Group, Text, Title } from '@mantine/core';
import { IconScissors } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { dayShort } from '@/shared/i18n/days';
import { Can } from '@/shared/session/session';
import { ItemActions } from '@/shared/ui/ItemActions';
import { Items } from '@/shared/ui/Items';
import { Money } from '@/shared/ui/Money';
import { bookingKeys, removeService, servicesQuery, type Service } from '../bookings.api';
import { bookingsText } from '../bookings.text';
import { ServiceForm } from './ServiceForm';

export function Services() {
  const t = useText(bookingsText);
  const query = useQuery(servicesQuery);
  const [edited, setEdited] = useState<Service | 'new'>();
  return (
    <>
      <Items
        query={query}
        add={{
          label: t.addService,
          right: 'services:edit',
          onClick: () => {
            setEdited('new');
          },
        }}
        empty={{ icon: IconScissors, title: t.noServices, hint: t.noServicesHint }}
        grid
      >
        {(service) => (
          <ServiceCard
            key={service.id}
            service={service}
            onEdit={() => {
              setEdited(service);
            }}
          />
        )}
      </Items>
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
  const days = useText(dayShort);
  const remove = useChange({ run: removeService, done: t.removed, renew: [bookingKeys.services] });
  return (
    <Card>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} fz="lg">
          {service.name}
        </Title>
        <Can right="services:edit">
          <ItemActions
            name={service.name}
            onEdit={onEdit}
            onDelete={() => {
              remove.mutate(service);
            }}
            sure={{ title: t.removeTitle, text: t.removeText }}
          />
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
        {service.days.map((day) => days[day as keyof typeof days]).join(', ')} ·{' '}
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
