import { clock } from '../clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = zone + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (!formatter) formatters.set(key, (formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })));
  return formatter.format(date);
}

/** `Sat 21 Nov, 11:30`, with the year when it is not this one. */
export function dateTime(date: Date, zone = 'UTC'): string {
  const year = (at: Date) => format(at, zone, { year: 'numeric' });
  return year(date) === year(clock.now()) ? `${shortDay(date, zone)}, ${timeOfDay(date, zone)}` : datedTime(date, zone);
}

/** `Sat 21 Nov 2026, 11:30`: for what is read years later, on paper. */
export const datedTime = (date: Date, zone = 'UTC'): string =>
  `${shortDay(date, zone)} ${format(date, zone, { year: 'numeric' })}, ${timeOfDay(date, zone)}`;

const shortDay = (date: Date, zone: string): string =>
  format(date, zone, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '');

/** `12 October 2026`. */
export const longDate = (date: Date, zone = 'UTC'): string =>
  format(date, zone, { day: 'numeric', month: 'long', year: 'numeric' });

/** `Sunday` within the next six days, else `3 December`: for "by …". */
export function dayName(date: Date, zone = 'UTC'): string {
  const ahead = date.getTime() - clock.now().getTime();
  return ahead >= 0 && ahead < 6 * DAY
    ? format(date, zone, { weekday: 'long' })
    : format(date, zone, { day: 'numeric', month: 'long' });
}

/** `October 2026`. */
export const monthYear = (date: Date, zone = 'UTC'): string => format(date, zone, { month: 'long', year: 'numeric' });

/** `09:42`. */
export const timeOfDay = (date: Date, zone = 'UTC'): string =>
  format(date, zone, { hour: '2-digit', minute: '2-digit', hour12: false });

/** `just now`, `3 hours ago`, `yesterday, 16:20`, else the date. */
export function relative(date: Date, zone = 'UTC'): string {
  const age = clock.now().getTime() - date.getTime();
  if (age >= 0 && age < MINUTE) return 'just now';
  if (age >= 0 && age < HOUR) return plural(Math.floor(age / MINUTE), 'minute') + ' ago';
  const day = (at: Date) => format(at, zone, { dateStyle: 'short' });
  if (day(date) === day(clock.now())) return `today, ${timeOfDay(date, zone)}`;
  if (day(date) === day(new Date(clock.now().getTime() - DAY))) return `yesterday, ${timeOfDay(date, zone)}`;
  return dateTime(date, zone);
}

/** What is left of a time: `2 days 7 h`, `5 h`, `12 min`; null when it has passed. */
export function timeLeft(until: Date): string | null {
  const left = until.getTime() - clock.now().getTime();
  if (left <= 0) return null;
  if (left < HOUR) return `${Math.max(1, Math.floor(left / MINUTE))} min`;
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  if (days === 0) return `${hours} h`;
  return `${plural(days, 'day')}${hours ? ` ${hours} h` : ''}`;
}

/** `Amman time`, from Asia/Amman. */
export const zoneLabel = (zone: string): string =>
  zone === 'UTC' ? 'UTC' : `${zone.split('/').at(-1)!.replaceAll('_', ' ')} time`;

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;
