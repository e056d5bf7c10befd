import type { Request } from 'express';
import { z } from 'zod';
import { toCents } from '../money.ts';
import { invalidParameter, missingParameter } from './errors.ts';

/**
 * The body in the form that the schema wants; throws Whop's 400 for the first thing wrong with it.
 * Fields that the schema does not name are ignored, as Whop does (contract A.1).
 */
export const parseBody = <Schema extends z.ZodType>(req: Request, schema: Schema): z.infer<Schema> =>
  parse(schema, req.body ?? {});

/** The query string likewise; `name[]=a&name[]=b` is an array called `name` (contract 0.7). */
export const parseQuery = <Schema extends z.ZodType>(req: Request, schema: Schema): z.infer<Schema> => {
  const query: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(req.query)) {
    if (key.endsWith('[]')) query[key.slice(0, -2)] = [value].flat();
    else query[key] = value;
  }
  return parse(schema, query);
};

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const param = issue?.path.join('.') ?? '';
  if (issue?.code === 'invalid_type' && valueAt(input, issue.path) === undefined) throw missingParameter(param);
  throw invalidParameter(param, `Invalid value for parameter ${param}: ${issue?.message ?? 'not understood'}`);
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);

/** An amount in units of the currency with at most two decimals, as cents. */
export const amount = z
  .number()
  .refine((units) => Math.abs(units * 100 - Math.round(units * 100)) < 1e-6, 'must have at most two decimals')
  .transform(toCents);

export const currency = z
  .string()
  .toLowerCase()
  .pipe(z.literal('usd', { error: 'only usd is supported here' }));

export const metadata = z.record(z.string().max(100), z.unknown()).refine((data) => Object.keys(data).length <= 50, {
  error: 'must have at most 50 keys',
});
