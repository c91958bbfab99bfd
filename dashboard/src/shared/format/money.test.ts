import { expect, test } from 'vitest';
import { changePercent, formatMoney, parseMoney, shortNumber } from './money';

test('an amount has its currency, thousands and cents only where there are any', () => {
  expect(formatMoney(280_000, 'KES')).toBe('KES 2,800');
  expect(formatMoney(280_050, 'KES')).toBe('KES 2,800.50');
  expect(formatMoney(0, 'UGX')).toBe('UGX 0');
  expect(formatMoney(-86_000, 'KES')).toBe('−KES 860');
});

test('what people type as an amount is understood, what is none is not', () => {
  expect(parseMoney('2,800')).toBe(280_000);
  expect(parseMoney('KES 2,800.5')).toBe(280_050);
  expect(parseMoney('1500/=')).toBe(150_000);
  expect(parseMoney('free')).toBeUndefined();
  expect(parseMoney('-5')).toBeUndefined();
  expect(parseMoney('')).toBeUndefined();
});

test('an amount that is written is read back as the same', () => {
  for (const minor of [0, 1, 99, 100, 12_345, 1_000_000_07]) expect(parseMoney(formatMoney(minor, 'KES'))).toBe(minor);
});

test('axes are labelled briefly', () => {
  expect([999, 1_500, 25_000, 1_400_000].map(shortNumber)).toEqual(['999', '1.5k', '25k', '1.4M']);
});

test('a change needs something before it', () => {
  expect(changePercent(100, 125)).toBe(25);
  expect(changePercent(200, 150)).toBe(-25);
  expect(changePercent(0, 150)).toBeUndefined();
});
