import type { z } from 'zod';

export interface FieldError {
  /** Id of the control, as the field partial makes it from the name. */
  field: string;
  text: string;
}

/** What a form page needs to show itself again: what was typed and what to fix. */
export interface FormState {
  values: Record<string, unknown>;
  /** For the summary, in the order of the form. */
  errors: FieldError[];
  /** For the message at the field, by control id. */
  messages: Record<string, string>;
}

export type ParsedForm<T> = { valid: true; data: T } | { valid: false; form: FormState };

/** `['packages', 'basic', 'price']` -> `packages-basic-price`, the id that views/shared/_field.ejs gives. */
export const controlId = (path: PropertyKey[]): string =>
  path
    .map(String)
    .join('-')
    .replace(/[^\w]+/g, '-');

/**
 * Reads a body by its schema.
 * @returns the data, or the form as it was typed with one error per field
 */
export function parseForm<Schema extends z.ZodType>(schema: Schema, body: unknown): ParsedForm<z.output<Schema>> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { valid: true, data: parsed.data };
  const errors: FieldError[] = [];
  for (const issue of parsed.error.issues) {
    const field = controlId(issue.path);
    if (!errors.some((error) => error.field === field)) errors.push({ field, text: issue.message });
  }
  return { valid: false, form: formState(body, errors) };
}

/** A form to show again with errors that the schema could not know. */
export const formState = (values: unknown, errors: FieldError[] = []): FormState => ({
  values: typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {},
  errors,
  messages: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
});

/** A form nobody has typed in yet. */
export const emptyForm = (values: Record<string, unknown> = {}): FormState => formState(values);
