import { texts } from './text';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const dayNames = texts({
  en: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
  sw: {
    mon: 'Jumatatu',
    tue: 'Jumanne',
    wed: 'Jumatano',
    thu: 'Alhamisi',
    fri: 'Ijumaa',
    sat: 'Jumamosi',
    sun: 'Jumapili',
  },
});

/** As short as people write them. */
export const dayShort = texts({
  en: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  sw: { mon: 'Jtt', tue: 'Jnn', wed: 'Jtn', thu: 'Alh', fri: 'Ijm', sat: 'Jms', sun: 'Jpl' },
});
