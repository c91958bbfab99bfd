import { expect, test } from 'vitest';

// Every table of texts in the dashboard.
const modules = import.meta.glob<Record<string, unknown>>(['/src/**/*.text.ts', '/src/shared/i18n/days.ts'], {
  eager: true,
});

interface Table {
  en: Record<string, unknown>;
  sw: Record<string, unknown>;
}
const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && 'en' in value && 'sw' in value;
const tables = Object.entries(modules).flatMap(([file, exported]) =>
  Object.values(exported)
    .filter(isTable)
    .map((table) => [file, table] as const),
);

test('there are tables to look at', () => {
  expect(tables.length).toBeGreaterThan(15);
});

test.each(tables)('%s says everything in English and in Swahili', (_file, { en, sw }) => {
  expect(Object.keys(sw).sort()).toEqual(Object.keys(en).sort());
  for (const [key, english] of Object.entries(en)) {
    const swahili = sw[key];
    expect(typeof swahili, key).toBe(typeof english);
    if (typeof english !== 'string' || typeof swahili !== 'string') continue;
    expect(english.trim(), key).not.toBe('');
    expect(swahili.trim(), key).not.toBe('');
  }
});

test('no long text was left in English', () => {
  const left = tables.flatMap(([file, { en, sw }]) =>
    Object.keys(en)
      .filter((key) => typeof en[key] === 'string' && en[key].split(' ').length > 3 && en[key] === sw[key])
      .map((key) => `${file}: ${key}`),
  );
  expect(left).toEqual([]);
});
