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
