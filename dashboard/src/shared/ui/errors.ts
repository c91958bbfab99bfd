import { Problem } from '@/shared/api/problem';
import { commonText } from '@/shared/i18n/common.text';
import type { Lang } from '@/shared/i18n/text';
import { problemText } from './errors.text';

/** What happened, in words for a person. The server's own words go first where it has any. */
export function explain(error: unknown, lang: Lang): string {
  const t = commonText[lang];
  if (!(error instanceof Problem)) return t.broken;
  const known: Record<string, string> = problemText[lang];
  if (known[error.code] && !error.detail) return known[error.code] ?? '';
  switch (error.status) {
    case 0:
      return t.offline;
    case 403:
      return t.denied;
    case 404:
      return t.gone;
    case 412:
      return t.stale;
    case 429:
      return t.slow;
    case 422:
      return error.detail ?? error.fields[0]?.message ?? t.invalid;
    default:
      return error.status >= 500 ? t.broken : (error.detail ?? error.title);
  }
}
