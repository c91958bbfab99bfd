const NAMES: Record<string, string> = { en: 'English', sw: 'Kiswahili', sheng: 'Sheng' };

/** The languages customers are answered in, by their own names. */
export const LANGUAGES = Object.entries(NAMES).map(([value, label]) => ({ value, label }));
export const languageName = (code: string): string => NAMES[code] ?? code;
