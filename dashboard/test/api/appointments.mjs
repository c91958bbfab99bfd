// Appointments and services.
import { appointments, id, services } from './data.mjs';
import { one } from './table.mjs';

export const bookings = {
  'GET /appointments': ({ q }) => ({
    items: appointments.filter(
      (a) => (!q.from || a.start.slice(0, 10) >= q.from) && (!q.to || a.start.slice(0, 10) <= q.to),
    ),
    next: null,
  }),
  'POST /appointments': ({ body }) => {
    const a = {
      ...appointments[0],
      id: id(),
      start: body.start,
      end: new Date(Date.parse(body.start) + 1_800_000).toISOString(),
      status: 'booked',
      customer: { ...appointments[0].customer, name: body.name, phone: body.phone },
    };
    appointments.push(a);
    return a;
  },
  'PATCH /appointments/:id': ({ params, body }) => {
    const a = one(appointments, params.id);
    const length = new Date(a.end) - new Date(a.start);
    return Object.assign(a, body, { end: new Date(new Date(body.start).getTime() + length).toISOString() });
  },
  'POST /appointments/:id/cancel': ({ params }) => Object.assign(one(appointments, params.id), { status: 'cancelled' }),
  'GET /appointments/free': ({ q }) => ({
    slots: [6, 7, 9, 11].map((h) => ({ start: `${q.day}T${String(h).padStart(2, '0')}:00:00Z`, lane: 'Amina' })),
  }),
  'GET /services': () => ({ items: services }),
  'POST /services': ({ body }) => {
    const s = { id: id(), version: 1, ...body };
    services.push(s);
    return s;
  },
  'PUT /services/:id': ({ params, body }) => Object.assign(one(services, params.id), body),
  'DELETE /services/:id': () => undefined,
  'GET /lanes': () => ({ items: ['Amina', 'Rose'] }),
};
