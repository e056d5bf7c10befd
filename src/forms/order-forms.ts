import { z } from 'zod';
import { filesIn, type Answer, type Requirement } from '../models/order/requirements.ts';
import { MOST_FILES } from '../uploads/limits.ts';
import { line, paragraphs, uuid } from './fields.ts';

/** Every creating form carries one; scripts may leave it out. */
export const formKey = z.object({ form_key: uuid.optional() });

const MAX_LINKS = 20;
const MAX_LINK = 2_000;

/** http and https only: a javascript: address would run in the reader's page (original defect 18). */
const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol) && text.length <= MAX_LINK;

const links = z
  .union([z.string(), z.array(z.string())], { error: 'Put one link on each line' })
  .default('')
  .transform((value) =>
    (Array.isArray(value) ? value : value.split('\n')).map((text) => text.trim()).filter((text) => text !== ''),
  )
  .superRefine((found, context) => {
    if (found.length > MAX_LINKS) context.addIssue({ code: 'custom', message: `Send at most ${MAX_LINKS} links` });
    const wrong = found.find((text) => !isWebAddress(text));
    if (wrong !== undefined) {
      context.addIssue({
        code: 'custom',
        message: `“${wrong.slice(0, 60)}” is not a link. Links begin with https:// or http://`,
      });
    }
  });

/** Ticked files of a draft, to be left out. */
const removals = z
  .union([uuid, z.array(uuid)], { error: 'Choose the files to remove again' })
  .default([])
  .transform((ids) => [ids].flat());

const fewEnough = (files: number) => ({
  when: () => files > MOST_FILES,
  path: ['files'],
  error: `Send at most ${MOST_FILES} files with a delivery. Remove some, or put them into one archive`,
});

/** `files` counts what the delivery would have, the draft's included. An empty delivery is refused. */
export const deliveryForm = (files = 0) =>
  z
    .object({ message: paragraphs('a message to the buyer', 0, 5_000).default(''), links })
    .refine((delivery) => delivery.message !== '' || delivery.links.length > 0 || files > 0, {
      path: ['message'],
      message: 'Write what you deliver, or add a link or a file',
    })
    .refine(() => false, fewEnough(files));

export const deliveryDraftForm = (files = 0) =>
  z
    .object({
      message: paragraphs('a message to the buyer', 0, 5_000).default(''),
      links: paragraphs('the links', 0, 5_000).default(''),
    })
    .refine(() => false, fewEnough(files));

export const removalForm = z.object({ remove_files: removals });

export const revisionForm = z.object({ reason: paragraphs('what should be different', 1, 2_000) });

export const reviewForm = z.object({
  rating: z
    .union([z.string(), z.number()], { error: 'Choose from one to five stars' })
    .transform(String)
    .pipe(
      z
        .string()
        .regex(/^[1-5]$/, 'Choose from one to five stars')
        .transform(Number),
    ),
  body: paragraphs('a few words', 1, 2_000),
});

/** A file may stand for words. */
export const replyForm = z.object({ body: paragraphs('an answer', 1, 2_000) });

export const messageForm = (files = 0) => z.object({ body: paragraphs('a message', files > 0 ? 0 : 1, 5_000) });

/**
 * The brief of one order: its frozen questions as a schema. Other fields than theirs are refused.
 * `arrived` are the questions that the files of this form answer.
 */
export function requirementsForm(questions: (Requirement & { answer?: Answer })[], arrived: (string | null)[] = []) {
  const shape = Object.fromEntries(answerable(questions).map((question) => [question.id, answer(question)]));
  const blank = Object.fromEntries(Object.keys(shape).map((id) => [id, '']));
  const answers = z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? 'One of the answers does not belong to this order. Load the page again'
        : 'Answer the questions',
  });
  const form = z.object({
    answers: z.preprocess((value) => (typeof value === 'string' ? value : { ...blank, ...(value ?? {}) }), answers),
  });
  return questions
    .filter(({ kind }) => kind === 'file')
    .reduce((so, question) => checkFiles(so, question, arrived), form);
}

function checkFiles<Form extends z.ZodType>(
  form: Form,
  { id, label, required, answer }: Requirement & { answer?: Answer },
  arrived: (string | null)[],
): Form {
  const count = filesIn(answer ?? null).length + arrived.filter((question) => question === id).length;
  const wrong =
    required && count === 0
      ? `Add a file for “${label}”`
      : count > MOST_FILES
        ? `Send at most ${MOST_FILES} files for “${label}”`
        : null;
  return form.refine(() => wrong === null, { when: () => true, path: ['files', id], message: wrong ?? '' });
}

/** What is answered by a value; files arrive beside it. */
export const answerable = <T extends { kind: Requirement['kind'] }>(questions: T[]): T[] =>
  questions.filter(({ kind }) => kind !== 'file');

function answer(question: Requirement): z.ZodType<Answer> {
  switch (question.kind) {
    case 'one_choice':
      return oneChoice(question);
    case 'many_choices':
      return manyChoices(question);
    default:
      return text(question);
  }
}

function text({ kind, label, required }: Requirement): z.ZodType<Answer> {
  const name = `your answer to “${label}”`;
  const least = required ? 1 : 0;
  const field = kind === 'short_text' ? line(name, least, 200) : paragraphs(name, least, 5_000);
  return field.transform((value) => (value === '' ? null : value));
}

function oneChoice({ label, required, choices }: Requirement): z.ZodType<Answer> {
  return z
    .unknown()
    .refine((value) => (value === '' ? !required : choices.includes(value as string)), {
      message: `Choose one of the answers to “${label}”`,
    })
    .transform((value) => (value === '' ? null : (value as string)));
}

function manyChoices({ label, required, choices }: Requirement): z.ZodType<Answer> {
  return z
    .unknown()
    .transform((value): unknown[] => (value === '' ? [] : Array.isArray(value) ? value : [value]))
    .refine((values) => values.every((value) => choices.includes(value as string)), {
      message: `Choose from the answers to “${label}”`,
      abort: true,
    })
    .refine((values) => !required || values.length > 0, { message: `Choose at least one answer to “${label}”` })
    .transform((values) => (values.length ? [...new Set(values as string[])] : null));
}
