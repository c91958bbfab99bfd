import type { Lang } from '@/shared/i18n/text';

export interface Clock {
  lang: Lang;
  zone: string;
}

const made = new Map<string, Intl.DateTimeFormat>();

function formatter({ lang, zone }: Clock, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + zone + JSON.stringify(options);
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(lang === 'sw' ? 'sw-KE' : 'en-GB', { timeZone: zone, ...options });
    made.set(key, found);
  }
  return found;
}

/** `21 Nov 2026, 14:05`, in the zone of the shop. */
export function dateTime(at: string, clock: Clock): string {
  const options = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  } as const;
  return formatter(clock, options).format(new Date(at));
}

/** `14:05`. */
export function time(at: string, clock: Clock): string {
  return formatter(clock, { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at));
}

/** `21 Nov 2026`. */
export function date(at: string, clock: Clock): string {
  return formatter(clock, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}

/** `21 Nov`, of a day that is a day already and no moment. */
export function shortDay(day: string, lang: Lang): string {
  return formatter({ lang, zone: 'UTC' }, { day: 'numeric', month: 'short' }).format(
    new Date(`${day.slice(0, 10)}T00:00:00Z`),
  );
}

/** `Saturday, 21 November`. */
export function longDay(at: string, clock: Clock): string {
  return formatter(clock, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));
}

/** The day `YYYY-MM-DD` that a moment falls on in the zone. */
export function dayOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );
}

/** A day some days before or after another. */
export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** Today the time, this week the day and time, before that the date. */
export function ago(at: string, clock: Clock, now = new Date()): string {
  const day = dayOf(new Date(at), clock.zone);
  const today = dayOf(now, clock.zone);
  if (day === today) return time(at, clock);
  if (day > addDays(today, -6) && day < today) {
    return formatter(clock, { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false }).format(
      new Date(at),
    );
  }
  const options =
    day.slice(0, 4) === today.slice(0, 4)
      ? ({ day: 'numeric', month: 'short' } as const)
      : ({ day: 'numeric', month: 'short', year: 'numeric' } as const);
  return formatter(clock, options).format(new Date(at));
}

/** `3 min`, `2 h`, `4 d`: how long ago, for what waits. */
export function waited(since: string, lang: Lang, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - new Date(since).getTime()) / 60_000));
  const [count, unit] =
    minutes < 60
      ? [minutes, 'm']
      : minutes < 2880
        ? [Math.round(minutes / 60), 'h']
        : [Math.round(minutes / 1440), 'd'];
  const names = { en: { m: 'min', h: 'h', d: 'd' }, sw: { m: 'dak', h: 'saa', d: 'siku' } }[lang];
  const name = names[unit as 'm' | 'h' | 'd'];
  return lang === 'sw' ? `${name} ${count}` : `${count} ${name}`;
}

/** The wall-clock time in a zone as `YYYY-MM-DD HH:mm:ss`, as calendars want it. */
export function wallTime(at: string, zone: string): string {
  const parts = formatter(
    { lang: 'en', zone },
    {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    },
  ).formatToParts(new Date(at));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '00';
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}`;
}

/** The moment of a wall-clock time in a zone. */
export function momentOf(wall: string, zone: string): string {
  const guess = new Date(`${wall.replace(' ', 'T')}Z`);
  const off = new Date(`${wallTime(guess.toISOString(), zone).replace(' ', 'T')}Z`).getTime() - guess.getTime();
  return new Date(guess.getTime() - off).toISOString();
}
