import { expect, test } from 'vitest';
import { addDays, ago, dayOf, momentOf, shortDay, time, waited, wallTime } from './dates';

const clock = { lang: 'en', zone: 'Africa/Nairobi' } as const;

test('a moment shortly before midnight in UTC is the next day in Nairobi', () => {
  expect(dayOf(new Date('2026-11-20T21:30:00Z'), 'Africa/Nairobi')).toBe('2026-11-21');
  expect(time('2026-11-20T21:30:00Z', clock)).toBe('00:30');
});

test('days are counted over the ends of months and years', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test('how long ago is said as briefly as the distance allows', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  expect(ago('2026-11-21T06:05:00Z', clock, now)).toBe('09:05');
  expect(ago('2026-11-18T06:05:00Z', clock, now)).toContain('Wed');
  expect(ago('2026-10-01T06:05:00Z', clock, now)).toBe('1 Oct');
  expect(ago('2025-10-01T06:05:00Z', clock, now)).toBe('1 Oct 2025');
});

test('waiting is counted in minutes, hours and days', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(waited('2026-11-21T11:48:00Z', 'en', now)).toBe('12 min');
  expect(waited('2026-11-21T09:00:00Z', 'sw', now)).toBe('saa 3');
  expect(waited('2026-11-17T12:00:00Z', 'en', now)).toBe('4 d');
});

test('the wall clock of a zone and the moment are each other’s way back', () => {
  for (const zone of ['Africa/Nairobi', 'Africa/Kigali', 'UTC']) {
    for (const at of ['2026-11-21T00:00:00.000Z', '2026-11-21T21:30:00.000Z', '2026-12-31T23:59:00.000Z']) {
      expect(momentOf(wallTime(at, zone), zone)).toBe(at);
    }
  }
  expect(wallTime('2026-11-21T21:30:00Z', 'Africa/Nairobi')).toBe('2026-11-22 00:30:00');
});

test('a day is no moment: its name is the same in every zone', () => {
  expect(shortDay('2026-11-21', 'en')).toBe('21 Nov');
});
