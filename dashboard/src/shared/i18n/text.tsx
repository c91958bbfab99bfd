import { createContext, useContext, useEffect, type ReactNode } from 'react';

export const LANGS = ['en', 'sw'] as const;
export type Lang = (typeof LANGS)[number];

// A text is a string, or a function of what stands in it.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Entry = string | ((...args: any[]) => string);
type Table = Record<string, Entry>;
/** The same keys; what takes arguments in one language takes the same in the other. */
type Same<T extends Table> = { [K in keyof T]: T[K] extends string ? string : T[K] };
export type Text<T extends Table = Table> = { en: T; sw: Same<T> };

/** A table of texts in both languages. A key that is missing in one does not compile. */
export function texts<const T extends Table>(both: { en: T; sw: Same<T> }): { en: Same<T>; sw: Same<T> } {
  return both as { en: Same<T>; sw: Same<T> };
}

const KEPT = 'duka.lang';

/** The language chosen on this device, otherwise the browser's. */
export function firstLang(): Lang {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'sw') return kept;
  return navigator.language.startsWith('sw') ? 'sw' : 'en';
}

interface LangState {
  lang: Lang;
  setLang: (lang: Lang) => void;
}
const LangContext = createContext<LangState>({ lang: 'en', setLang: () => undefined });

export function LangProvider({ lang, setLang, children }: LangState & { children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = lang;
    localStorage.setItem(KEPT, lang);
  }, [lang]);
  return <LangContext value={{ lang, setLang }}>{children}</LangContext>;
}

export const useLang = () => useContext(LangContext);

/** The texts of a table in the language of the page. */
export function useText<T>(both: { en: T; sw: T }): T {
  return both[useLang().lang];
}
