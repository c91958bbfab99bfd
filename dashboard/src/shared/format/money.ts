/** Minor units as people write them: `KES 2,800`, with cents only where there are any. */
export function formatMoney(minor: number, currency: string): string {
  const digits = ['UGX', 'RWF', 'TZS'].includes(currency) && minor % 100 === 0 ? 0 : minor % 100 === 0 ? 0 : 2;
  const amount = Math.abs(minor / 100).toLocaleString('en-KE', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${minor < 0 ? '−' : ''}${currency} ${amount}`;
}

/** Short enough for an axis: `12k`, `1.4M`. Whole units. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000_000) return `${round(value / 1_000_000)}M`;
  if (size >= 1_000) return `${round(value / 1_000)}k`;
  return String(Math.round(value));
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** `2800` or `2,800.50` as minor units; undefined if it is no amount. */
export function parseMoney(text: string): number | undefined {
  const plain = text.replace(/[,\s]|KES|KSh|\/=/gi, '');
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return undefined;
  return Math.round(Number(plain) * 100);
}

/** The change from one amount to another in whole percent; undefined if there was nothing before. */
export function changePercent(before: number, now: number): number | undefined {
  return before === 0 ? undefined : Math.round(((now - before) / before) * 100);
}
