/** Why the server refused, as `application/problem+json` says it. Status 0: it could not be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
    readonly fields: { pointer: string; message: string }[] = [],
    readonly code = '',
  ) {
    super(detail ?? title);
    this.name = 'Problem';
  }
}

interface Told {
  type?: string;
  title?: string;
  detail?: string | null;
  errors?: { pointer: string; message: string }[] | null;
}

export function problemOf(response: Response, told: unknown): Problem {
  const said: Told = typeof told === 'object' && told !== null ? (told as Told) : {};
  const code = said.type?.split('/').pop() ?? '';
  return new Problem(
    response.status,
    said.title ?? response.statusText,
    said.detail ?? undefined,
    said.errors ?? [],
    code,
  );
}

/** Errors by the field of a form they belong to: `/variants/0/price` is `variants.0.price`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(
    error.fields.map(({ pointer, message }) => [pointer.replace(/^#?\//, '').replaceAll('/', '.'), message]),
  );
}
