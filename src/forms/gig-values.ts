/**
 * What stands in the gig form, all of it text as typed. Bodies of any shape are read into it, so that the page can always
 * be shown again.
 */
export interface GigValues {
  title: string;
  category: string;
  description: string;
  tags: string;
  packages: Record<Tier, PackageValues>;
  extras: ExtraValues[];
  faq: FaqValues[];
  questions: QuestionValues[];
}

export const TIERS = ['basic', 'standard', 'premium'] as const;
export type Tier = (typeof TIERS)[number];

export const ROWS = {
  extras: ['id', 'title', 'price', 'extra_days', 'max_quantity'],
  faq: ['question', 'answer'],
  questions: ['id', 'kind', 'label', 'required', 'choices'],
} as const;
export type RowKind = keyof typeof ROWS;

const PACKAGE_FIELDS = ['title', 'description', 'price', 'delivery_days', 'revisions', 'includes'] as const;

export type PackageValues = Record<(typeof PACKAGE_FIELDS)[number], string>;
export type ExtraValues = Record<(typeof ROWS.extras)[number], string>;
export type FaqValues = Record<(typeof ROWS.faq)[number], string>;
export type QuestionValues = Record<(typeof ROWS.questions)[number], string>;

/** Ten of each are enough for anybody, and for the page. */
export const MOST_ROWS = 10;

/** What a new row holds before anybody types; a row that holds no more counts as blank. */
const PRESET: Record<string, string> = { kind: 'short_text', extra_days: '0', max_quantity: '1', id: '', required: '' };

export const blankRow = (kind: RowKind): Record<string, string> =>
  Object.fromEntries(ROWS[kind].map((field) => [field, PRESET[field] ?? '']));

const isBlank = (row: Record<string, string>): boolean =>
  Object.entries(row).every(([field, text]) => text.trim() === '' || field === 'id' || PRESET[field] === text);

export const isBlankPackage = (values: PackageValues): boolean =>
  Object.values(values).every((text) => text.trim() === '');

/** Reads a body. Blank rows move to the end, so that a row's number is its place in the data too. */
export function readGigValues(body: unknown): GigValues {
  const packages = memberOf(body, 'packages');
  const rows = (kind: RowKind) => {
    const all = listOf(memberOf(body, kind)).map((row) => texts(row, ROWS[kind]));
    return [...all.filter((row) => !isBlank(row)), ...all.filter(isBlank)].slice(0, 2 * MOST_ROWS);
  };
  return {
    ...texts(body, ['title', 'category', 'description', 'tags']),
    packages: Object.fromEntries(TIERS.map((tier) => [tier, texts(memberOf(packages, tier), PACKAGE_FIELDS)])),
    extras: rows('extras'),
    faq: rows('faq'),
    questions: rows('questions'),
  } as GigValues;
}

/** The rows that say something; the rest are spare. */
export const filled = <Row extends Record<string, string>>(rows: Row[]): Row[] => rows.filter((row) => !isBlank(row));

/** The buttons that change the form without saving: `add=extras`, `remove=faq.2`, `remove=premium`. Null when none was pressed. */
export function changeRows(values: GigValues, body: unknown): GigValues | null {
  const { add, remove } = texts(body, ['add', 'remove']) as { add: string; remove: string };
  if (isRowKind(add)) return { ...values, [add]: [...values[add], blankRow(add)].slice(0, MOST_ROWS) };
  if ((TIERS as readonly string[]).includes(remove) && remove !== 'basic') {
    return { ...values, packages: { ...values.packages, [remove]: texts(null, PACKAGE_FIELDS) } };
  }
  const [kind = '', place] = remove.split('.');
  return isRowKind(kind) ? { ...values, [kind]: values[kind].filter((_row, index) => String(index) !== place) } : null;
}

const isRowKind = (word: string): word is RowKind => Object.keys(ROWS).includes(word);

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [];

function texts(value: unknown, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => {
      const inner = memberOf(value, field);
      return [field, Array.isArray(inner) ? inner.filter(isText).join('\n') : isText(inner) ? String(inner) : ''];
    }),
  );
}

const isText = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
