import { expect, test } from 'vitest';
import { parseEvent } from './live';

test('an event has its number, kind and data', () => {
  expect(parseEvent('id: 7\nevent: order\ndata: {"kind":"order","id":"a"}')).toEqual({
    id: '7',
    kind: 'order',
    data: { kind: 'order', id: 'a' },
  });
});

test('data over several lines is one', () => {
  expect(parseEvent('data: {"a":\ndata: 1}')?.data).toEqual({ a: 1 });
});

test('heartbeats and what is no JSON are nothing', () => {
  expect(parseEvent(': still here')).toBeUndefined();
  expect(parseEvent('data: no json')).toBeUndefined();
  expect(parseEvent('')).toBeUndefined();
});
