import { randomUUID } from 'node:crypto';
import type { FormState } from '../forms/form.ts';
import {
  blankRow,
  filled,
  isBlankPackage,
  MOST_ROWS,
  TIERS,
  type GigValues,
  type RowKind,
  type Tier,
} from '../forms/gig-values.ts';
import type { WorkingCopy } from '../models/gig.ts';
import { splitFee } from '../money/fee.ts';
import { formatMoney, parseMoney } from '../money/format.ts';
import { paths } from '../paths.ts';

export interface EditorContext {
  categories: { slug: string; name: string }[];
  feeBps: number;
  currency: string;
  /** How many hang in its gallery. */
  pictures: number;
}

export const TIER_NAMES: Record<Tier, string> = { basic: 'Basic', standard: 'Standard', premium: 'Premium' };

const KINDS = [
  { value: 'short_text', text: 'One line of text' },
  { value: 'long_text', text: 'Several lines of text' },
  { value: 'one_choice', text: 'One of the choices below' },
  { value: 'many_choices', text: 'Any of the choices below' },
  { value: 'file', text: 'A file' },
];

/** The gig form with every word finished: what was typed, what it brings in, what to fix. */
export function presentEditor(
  values: GigValues,
  form: FormState,
  gig: WorkingCopy | null,
  context: EditorContext,
  formKey = '',
) {
  const field = fieldMaker(form);
  const net = netMaker(context);
  return {
    heading: gig ? 'Edit gig' : 'New gig',
    title: gig?.title ?? null,
    action: gig ? paths.sellerGig(gig.id) : paths.sellerGigs,
    formKey: gig ? null : formKey || randomUUID(),
    errors: form.errors,
    steps: stepsOf(values, form, gig !== null, context.pictures),
    basics: basicsOf(values, field, context),
    tiers: TIERS.map((tier) => tierOf(tier, values, field, net, context.currency)),
    extras: rowsOf('extras', values, (row, name, number) => ({
      title: field(`${name}[title]`, row.title!, `Extra ${number}`, { attributes: { maxlength: 80 } }),
      price: priceField(field, `${name}[price]`, row.price!, context.currency),
      extra_days: field(`${name}[extra_days]`, row.extra_days!, 'Extra days', { kind: 'number' }),
      max_quantity: field(`${name}[max_quantity]`, row.max_quantity!, 'At most', { kind: 'number' }),
      net: net(row.price!),
    })),
    faq: rowsOf('faq', values, (row, name, number) => ({
      question: field(`${name}[question]`, row.question!, `Question ${number}`, { attributes: { maxlength: 200 } }),
      answer: field(`${name}[answer]`, row.answer!, 'Answer', {
        kind: 'textarea',
        rows: 3,
        attributes: { maxlength: 1000 },
      }),
    })),
    questions: rowsOf('questions', values, (row, name, number) => ({
      label: field(`${name}[label]`, row.label!, `Question ${number}`, { attributes: { maxlength: 200 } }),
      kind: field(`${name}[kind]`, row.kind!, 'Buyers answer with', { kind: 'select', options: KINDS }),
      choices: field(`${name}[choices]`, row.choices!, 'Choices', {
        kind: 'textarea',
        rows: 3,
        hint: 'One per line, where there is a choice.',
      }),
      required: {
        kind: 'checkbox',
        plain: true,
        name: `${name}[required]`,
        value: '1',
        text: 'The order starts only with this answer',
        checked: row.required !== '',
      },
    })),
    fee: `“You receive” is after GigFlow’s ${context.feeBps / 100} %, before Whop’s processing costs.`,
  };
}

type Field = (name: string, value: string, label: string, rest?: Record<string, unknown>) => Record<string, unknown>;

const fieldMaker =
  (form: FormState): Field =>
  (name, value, label, rest = {}) => ({
    name,
    value,
    label,
    error: form.messages[name.replace(/[^\w]+/g, '-').replace(/-$/, '')],
    ...rest,
  });

const netMaker =
  ({ feeBps, currency }: EditorContext) =>
  (price: string): { text: string; cents: number | null } => {
    const cents = parseMoney(price);
    if (cents === null) return { text: 'You receive: enter a price first', cents: null };
    const { sellerCents } = splitFee(cents, feeBps);
    return { text: `You receive ${formatMoney(sellerCents, currency)}`, cents: sellerCents };
  };

const priceField = (field: Field, name: string, price: string, currency: string) =>
  field(name, price, `Price, ${currency.toUpperCase()}`, { kind: 'money' });

function basicsOf(values: GigValues, field: Field, { categories }: EditorContext) {
  return {
    title: field('title', values.title, 'Title', {
      hint: 'What the buyer gets, in 10 to 80 characters.',
      attributes: { maxlength: 80 },
    }),
    category: field('category', values.category, 'Category', {
      kind: 'select',
      options: [
        { value: '', text: 'Choose a category' },
        ...categories.map(({ slug, name }) => ({ value: slug, text: name })),
      ],
    }),
    description: field('description', values.description, 'Description', {
      kind: 'textarea',
      rows: 10,
      hint: 'At least 50 characters. An empty line starts a paragraph, a line that starts with a hyphen is a list item.',
      attributes: { maxlength: 5000 },
    }),
    tags: field('tags', values.tags, 'Tags', {
      hint: 'Up to ten words that buyers may search for, divided by commas.',
      optional: true,
    }),
  };
}

function tierOf(tier: Tier, values: GigValues, field: Field, net: ReturnType<typeof netMaker>, currency: string) {
  const typed = values.packages[tier];
  const name = `packages[${tier}]`;
  return {
    tier,
    name: TIER_NAMES[tier],
    removable: tier !== 'basic' && !isBlankPackage(typed),
    title: field(`${name}[title]`, typed.title, 'Name', { attributes: { maxlength: 80 } }),
    description: field(`${name}[description]`, typed.description, 'What the buyer gets', {
      kind: 'textarea',
      rows: 2,
      attributes: { maxlength: 500 },
    }),
    price: priceField(field, `${name}[price]`, typed.price, currency),
    net: net(typed.price),
    delivery_days: field(`${name}[delivery_days]`, typed.delivery_days, 'Days', { kind: 'number' }),
    revisions: field(`${name}[revisions]`, typed.revisions, 'Rounds', { kind: 'number' }),
    includes: field(`${name}[includes]`, typed.includes, 'What is included', {
      kind: 'textarea',
      rows: 3,
      hint: 'One per line',
    }),
  };
}

/** What was typed, then the blank rows, at least one while there is room. */
function rowsOf<Part>(
  kind: RowKind,
  values: GigValues,
  part: (row: Record<string, string>, name: string, number: number) => Part,
) {
  const rows: Record<string, string>[] = values[kind];
  const spare = filled(rows).length === rows.length && rows.length < MOST_ROWS ? [blankRow(kind)] : [];
  const all = [...rows, ...spare].slice(0, Math.max(MOST_ROWS, filled(rows).length));
  return {
    kind,
    full: all.length >= MOST_ROWS,
    rows: all.map((row, index) => ({
      ...part(row, `${kind}[${index}]`, index + 1),
      number: index + 1,
      id: row.id ? { name: `${kind}[${index}][id]`, value: row.id } : null,
      remove: filled([row]).length > 0 ? `${kind}.${index}` : null,
    })),
  };
}

function stepsOf(values: GigValues, form: FormState, saved: boolean, pictures: number) {
  const wrong = (prefix: string) => form.errors.some(({ field }) => field.startsWith(prefix));
  const basicsWrong = ['title', 'category', 'description', 'tags'].some(wrong);
  const steps = [
    { href: '#basics', text: 'Basics', done: saved && !basicsWrong },
    { href: '#packages', text: 'Packages', done: saved && !wrong('packages') },
    { href: '#extras', text: 'Extras', done: filled(values.extras).length > 0 && !wrong('extras') },
    { href: '#faq', text: 'Buyers’ questions', done: filled(values.faq).length > 0 && !wrong('faq') },
    { href: '#questions', text: 'Brief', done: filled(values.questions).length > 0 && !wrong('questions') },
    { href: '#pictures', text: 'Pictures', done: pictures > 0 && !wrong('images') },
    { href: '#submit', text: 'Check and submit', done: false },
  ];
  return steps.map((step, index) => ({ ...step, text: `${index + 1} ${step.text}` }));
}

/** The saved gig as the form shows it. */
export function valuesOf(gig: WorkingCopy): GigValues {
  const blank = { title: '', description: '', price: '', delivery_days: '', revisions: '', includes: '' };
  const packages = { basic: blank, standard: blank, premium: blank };
  for (const { tier, price_cents, includes, delivery_days, revisions, title, description } of gig.packages) {
    packages[tier] = {
      title,
      description,
      price: amount(price_cents),
      delivery_days: String(delivery_days),
      revisions: String(revisions),
      includes: includes.join('\n'),
    };
  }
  return {
    title: gig.title,
    category: gig.category.slug,
    description: gig.description,
    tags: gig.tags.join(', '),
    packages,
    extras: gig.extras.map(({ id, title, price_cents, extra_days, max_quantity }) => ({
      id,
      title,
      price: amount(price_cents),
      extra_days: String(extra_days),
      max_quantity: String(max_quantity),
    })),
    faq: gig.faq.map(({ question, answer }) => ({ question, answer })),
    questions: gig.questions.map(({ id, kind, label, required, choices }) => ({
      id,
      kind,
      label,
      required: required ? '1' : '',
      choices: choices.join('\n'),
    })),
  };
}

const amount = (cents: number): string => (cents / 100).toFixed(2);
