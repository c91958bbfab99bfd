import '@mantine/dates/styles.css';
import { Chip, Group, NumberInput, SimpleGrid, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useChange } from '@/shared/hooks/useChange';
import { commonText } from '@/shared/i18n/common.text';
import { dayNames, DAYS } from '@/shared/i18n/days';
import { useText } from '@/shared/i18n/text';
import { useFormat } from '@/shared/session/session';
import { FormModal } from '@/shared/ui/FormModal';
import { bookingKeys, saveService, type Service, type ServiceIn } from '../bookings.api';
import { bookingsText } from '../bookings.text';

const fresh = {
  code: '',
  name: '',
  description: '',
  duration_min: 60,
  price: 0,
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as ServiceIn['days'],
  open: '09:00',
  close: '18:00',
  lanes: [] as string[],
  active: true,
};

// What this form does not ask for is sent back as it was.
function valuesOf({ id: _id, version: _version, ...service }: Service): typeof fresh {
  return { ...service, days: DAYS.filter((day) => service.days.includes(day)), price: service.price / 100 };
}

export function ServiceForm({ service, onClose }: { service: Service | undefined; onClose: () => void }) {
  const t = useText(bookingsText);
  const common = useText(commonText);
  const days = useText(dayNames);
  const { currency } = useFormat();
  const form = useForm({
    initialValues: service ? valuesOf(service) : fresh,
    validate: { name: (value) => (value.trim() ? null : t.needName) },
  });
  const save = useChange({
    run: saveService,
    done: t.saved,
    renew: [bookingKeys.services],
    onDone: onClose,
  });
  return (
    <FormModal
      title={service ? t.editService : t.addService}
      onClose={onClose}
      form={form}
      change={save}
      input={({ code, name, price, ...rest }) => ({
        id: service?.id,
        version: service?.version ?? 0,
        body: { ...rest, code: code || name.slice(0, 3).toUpperCase(), name, price: Math.round(price * 100) },
      })}
      submit={common.save}
    >
      <TextInput label={t.name} required {...form.getInputProps('name')} />
      <Textarea label={t.description} autosize {...form.getInputProps('description')} />
      <SimpleGrid cols={2} spacing="sm">
        <NumberInput label={t.minutes} min={5} step={5} {...form.getInputProps('duration_min')} />
        <NumberInput
          label={t.price}
          min={0}
          prefix={`${currency} `}
          thousandSeparator=","
          hideControls
          {...form.getInputProps('price')}
        />
        <TimePicker
          label={t.open}
          hoursInputLabel={t.open}
          minutesInputLabel={t.open}
          {...form.getInputProps('open')}
        />
        <TimePicker
          label={t.close}
          hoursInputLabel={t.close}
          minutesInputLabel={t.close}
          {...form.getInputProps('close')}
        />
      </SimpleGrid>
      <div>
        <Text size="sm" fw={500} mb={6}>
          {t.days}
        </Text>
        <Chip.Group multiple {...form.getInputProps('days')}>
          <Group gap={6}>
            {DAYS.map((day) => (
              <Chip key={day} value={day} size="sm">
                {days[day]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <TagsInput label={t.lanes} description={t.lanesHint} {...form.getInputProps('lanes')} />
      <Switch label={t.active} {...form.getInputProps('active', { type: 'checkbox' })} />
    </FormModal>
  );
}
