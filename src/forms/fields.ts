import { z } from 'zod';
import { parseMoney } from '../money/format.ts';

/** One line of text: trimmed, inner white space folded. */
export const line = (label: string, min: number, max: number) =>
  z
    .string({ error: `Enter ${label}` })
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(min, min <= 1 ? `Enter ${label}` : `Use at least ${min} characters for ${label}`)
        .max(max, `Use at most ${max} characters for ${label}`),
    );

/** Several lines; the browser's CRLF becomes LF. */
export const paragraphs = (label: string, min: number, max: number) =>
  z
    .string({ error: `Enter ${label}` })
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(min, min <= 1 ? `Enter ${label}` : `Use at least ${min} characters for ${label}`)
        .max(max, `Use at most ${max} characters for ${label}`),
    );

export const wholeNumber = (label: string, min: number, max: number) =>
  z
    .union([z.string(), z.number()], { error: `Enter ${label}` })
    .transform((value) => String(value).trim())
    .pipe(
      z
        .string()
        .regex(/^\d{1,9}$/, `${capitalised(label)} must be a whole number from ${min} to ${max}`)
        .transform(Number)
        .pipe(
          z
            .number()
            .min(min, `${capitalised(label)} must be ${min} or more`)
            .max(max, `${capitalised(label)} must be ${max} or less`),
        ),
    );

/** An amount typed in currency units; comes out in cents. */
export const money = (label: string, minCents: number, maxCents: number) =>
  z.union([z.string(), z.number()], { error: `Enter ${label}` }).transform((value, context) => {
    const cents = parseMoney(String(value));
    const limit = (amount: number) => (amount / 100).toFixed(2);
    if (cents === null) context.addIssue({ code: 'custom', message: `Enter ${label} as a number such as 45.00` });
    else if (cents < minCents)
      context.addIssue({ code: 'custom', message: `${capitalised(label)} must be ${limit(minCents)} or more` });
    else if (cents > maxCents)
      context.addIssue({ code: 'custom', message: `${capitalised(label)} must be ${limit(maxCents)} or less` });
    return cents ?? 0;
  });

export const email = z
  .string({ error: 'Enter your e-mail address' })
  .trim()
  .toLowerCase()
  .max(254, 'This e-mail address is too long')
  .regex(
    /^[^\s@"<>()[\]\\,;:]+@[^\s@"<>()[\]\\,;:.]+(?:\.[^\s@"<>()[\]\\,;:.]+)+$/,
    'Enter an e-mail address like name@example.com',
  );

export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
