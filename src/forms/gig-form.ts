import { z } from 'zod';
import { line, money, paragraphs, wholeNumber } from './fields.ts';
import { parseForm, type ParsedForm } from './form.ts';
import { filled, isBlankPackage, MOST_ROWS, type GigValues } from './gig-values.ts';
import { list } from './lists.ts';

const HIGHEST_PRICE = 1_000_000;

const packageOf = (tier: string) =>
  z.object({
    title: line(`a name for ${tier}`, 1, 80),
    description: paragraphs(`a description for ${tier}`, 1, 500),
    price: money(`the ${tier} price`, 500, HIGHEST_PRICE),
    delivery_days: wholeNumber(`${tier} days`, 1, 365),
    revisions: wholeNumber(`${tier} rounds`, 0, 50),
    includes: list({ what: `lines of what ${tier} includes`, most: 12, longest: 120, separator: /\n/ }),
  });

const orElse = <Schema extends z.ZodType>(preset: string, schema: Schema) =>
  z.preprocess((text) => (text === '' ? preset : text), schema);

const id = z.string().transform((text) => (UUID.test(text) ? text : null));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const extra = z.object({
  id,
  title: line('the extra', 3, 80),
  price: money('the price of the extra', 100, HIGHEST_PRICE),
  extra_days: orElse('0', wholeNumber('the extra days', 0, 365)),
  max_quantity: orElse('1', wholeNumber('the most of one extra', 1, 50)),
});

const faq = z.object({
  question: line('the question', 3, 200),
  answer: paragraphs('the answer', 1, 1000),
});

/** One per line; whoever typed them with commas in one line meant the same. */
const choices = z.preprocess(
  (text) => (typeof text === 'string' && !text.trim().includes('\n') ? text.replaceAll(',', '\n') : text),
  list({ what: 'choices', most: 20, longest: 120, separator: /\n/ }),
);

const question = z
  .object({
    id,
    kind: z
      .string()
      .transform((kind) => kind || 'short_text')
      .pipe(z.enum(['short_text', 'long_text', 'one_choice', 'many_choices', 'file'], 'Choose how buyers answer')),
    label: line('the question', 3, 200),
    required: z.string().transform((text) => !['', '0', 'false', 'off', 'no'].includes(text.toLowerCase())),
    choices,
  })
  .superRefine((row, context) => {
    if (asksForChoices(row.kind) && row.choices.length < 2) {
      context.addIssue({ code: 'custom', path: ['choices'], message: 'Enter at least two choices, one per line' });
    }
  })
  .transform((row) => ({ ...row, choices: asksForChoices(row.kind) ? row.choices : [] }));

const asksForChoices = (kind: string): boolean => kind === 'one_choice' || kind === 'many_choices';

const gigForm = z.object({
  title: line('the title', 10, 80),
  category: z.string().trim().min(1, 'Choose a category').max(60),
  description: paragraphs('the description', 50, 5000),
  tags: list({ what: 'tags', most: 10, longest: 30 }),
  packages: z.object({
    basic: packageOf('Basic'),
    standard: packageOf('Standard').optional(),
    premium: packageOf('Premium').optional(),
  }),
  extras: z.array(extra).max(MOST_ROWS, `Offer at most ${MOST_ROWS} extras`),
  faq: z.array(faq).max(MOST_ROWS, `Answer at most ${MOST_ROWS} questions`),
  questions: z.array(question).max(MOST_ROWS, `Ask at most ${MOST_ROWS} questions`),
});

export type GigInput = z.output<typeof gigForm>;

/** Reads what was typed (product.md section 2). Prices come out in cents; blank packages and rows are absent. */
export function parseGig(values: GigValues): ParsedForm<GigInput> {
  const { basic, standard, premium } = values.packages;
  const parsed = parseForm(gigForm, {
    ...values,
    packages: {
      basic,
      ...(!isBlankPackage(standard) && { standard }),
      ...(!isBlankPackage(premium) && { premium }),
    },
    extras: filled(values.extras),
    faq: filled(values.faq),
    questions: filled(values.questions),
  });
  return parsed.valid ? parsed : { ...parsed, form: { ...parsed.form, values: { ...values } } };
}
