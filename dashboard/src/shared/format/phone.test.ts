import { expect, test } from 'vitest';
import { formatPhone, initials } from './phone';

test('a Kenyan number is written as it is said', () => {
  expect(formatPhone('+254712345678')).toBe('0712 345 678');
  expect(formatPhone('254112345678')).toBe('0112 345 678');
  expect(formatPhone('+256772123456')).toBe('+256772123456');
});

test('initials are of the first two words', () => {
  expect(initials('Wanjiku wa Kamau')).toBe('WW');
  expect(initials('  halima ')).toBe('H');
  expect(initials('')).toBe('');
});
