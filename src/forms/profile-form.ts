import { z } from 'zod';
import { RESERVED } from '../models/username.ts';
import { line, paragraphs } from './fields.ts';
import { list } from './lists.ts';

const ZONES = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

export const TIME_ZONES: { value: string; text: string }[] = [...ZONES].map((zone) => ({
  value: zone,
  text: zone.replaceAll('_', ' '),
}));

const username = z
  .string({ error: 'Enter a username' })
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9_-]{1,29}$/,
    'Use 2 to 30 letters, digits, hyphens or underscores for the username, starting with a letter or digit',
  )
  .refine((name) => !RESERVED.has(name), 'This username is kept for GigFlow itself');

export const profileForm = z.object({
  display_name: line('your name', 1, 80),
  username,
  tagline: line('the one-line description', 0, 160),
  bio: paragraphs('the text about you', 0, 2000),
  location: line('the place', 0, 80),
  languages: list({ what: 'languages', most: 20, longest: 40 }),
  time_zone: z.string({ error: 'Choose your time zone' }).refine((zone) => ZONES.has(zone), 'Choose your time zone'),
});
