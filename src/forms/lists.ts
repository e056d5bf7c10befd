import { z } from 'zod';

interface Limits {
  /** "languages", for the sentence that says how many there may be. */
  what: string;
  most: number;
  longest: number;
  /** What divides them; lines only, where an entry may hold a comma. */
  separator?: RegExp;
}

/** Several short texts typed into one field, one per line or with commas; blank ones and repeats fall out. */
export const list = ({ what, most, longest, separator = /[\n,]/ }: Limits) =>
  z
    .union([z.string(), z.array(z.string())], { error: `Enter ${what}` })
    .default('')
    .transform((typed) => {
      const entries = (Array.isArray(typed) ? typed : typed.split(separator)).map((entry) =>
        entry.replace(/\s+/g, ' ').trim(),
      );
      return [...new Set(entries.filter(Boolean))];
    })
    .pipe(
      z
        .array(z.string())
        .max(most, `Enter at most ${most} ${what}`)
        .refine(
          (entries) => entries.every((entry) => entry.length <= longest),
          `Use at most ${longest} characters each for ${what}`,
        ),
    );
