const said = (value: unknown): string =>
  Array.isArray(value) ? value.map(said).join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
const isSaid = (value: unknown) => value !== undefined && value !== null;

/** What is different, such as `role: analyst → admin`. */
export function difference(before: unknown, after: unknown): string {
  const was = (before ?? {}) as Record<string, unknown>;
  const is = (after ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((name) => ({ name, values: [was[name], is[name]].filter(isSaid).map(said) }))
    .filter(({ values }) => values.length > 0 && values[0] !== values[1])
    .slice(0, 6)
    .map(({ name, values }) => `${name.replaceAll('_', ' ')}: ${values.join(' → ')}`)
    .join('; ');
}
