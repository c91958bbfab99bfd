// What the routes of the invented shop are made of.
import { id } from './data.mjs';

export class Refused extends Error {
  constructor(status, detail, errors) {
    super(detail);
    Object.assign(this, { status, detail, errors });
  }
}
export const one = (list, key) =>
  list.find((row) => row.id === key) ??
  (() => {
    throw new Refused(404, 'There is no such thing here.');
  })();
export const page = (list, q, map = (row) => row) => {
  const from = Number(q.cursor ?? 0);
  const to = from + Number(q.limit ?? 25);
  return { items: list.slice(from, to).map(map), next: to < list.length ? String(to) : null };
};
export const has = (text, q) => !q || String(text).toLowerCase().includes(q.toLowerCase());

export const lists = {};
export const list = (name, start = []) => (lists[name] ??= start);

export let tell = () => undefined;
export const onTell = (next) => {
  tell = next;
};

export const crud = (name, start, make = (body) => body) => ({
  [`GET /${name}`]: () => ({ items: list(name, start) }),
  [`POST /${name}`]: ({ body }) => {
    const row = { id: id(), ...make(body) };
    list(name, start).push(row);
    return row;
  },
  [`PATCH /${name}/:id`]: ({ params, body }) => Object.assign(one(list(name, start), params.id), body),
  [`DELETE /${name}/:id`]: ({ params }) => {
    lists[name] = list(name, start).filter((row) => row.id !== params.id);
  },
});
