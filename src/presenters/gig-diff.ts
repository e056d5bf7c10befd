import type { GigDocument, GigExtra, GigImage, GigPackage, GigQuestion } from '../models/gig-document.ts';
import { TIERS } from '../forms/gig-values.ts';
import { formatMoney } from '../money/format.ts';
import { plural } from './dates.ts';
import { TIER_NAMES } from './gig-editor.ts';
import { presentCover, type Cover } from './picture.ts';
import { wordDiff, type DiffPart } from './word-diff.ts';

/** One field of a gig: unchanged, changed within its text, or two sides of lines and pictures. */
export type DiffRow = { field: string } & (
  | { same: true }
  | { inline: DiffPart[] }
  | { before: DiffPart[]; after: DiffPart[] }
  | { beforePictures: DiffPicture[]; afterPictures: DiffPicture[] }
);

interface DiffPicture {
  kind: DiffPart['kind'];
  cover: Cover;
}

/** What a change asks for against what is on sale now, field by field. A new gig is all added. */
export function presentChange(before: GigDocument | null, after: GigDocument, currency: string): DiffRow[] {
  const old = before ?? NOTHING;
  return [
    sides('Title', [old.title], [after.title]),
    sides('Category', [old.category.name], [after.category.name]),
    before ? inline('Description', old.description, after.description) : sides('Description', [], [after.description]),
    sides('Tags', [old.tags.join(', ')], [after.tags.join(', ')]),
    ...TIERS.flatMap((tier) => packageRows(TIER_NAMES[tier], ofTier(old, tier), ofTier(after, tier), currency)),
    sides('Extras', old.extras.map(extraLine(currency)), after.extras.map(extraLine(currency))),
    sides('Questions buyers ask', old.faq.map(faqLine), after.faq.map(faqLine)),
    sides('Brief', old.questions.map(questionLine), after.questions.map(questionLine)),
    pictures(old.images, after.images),
  ];
}

const NOTHING: GigDocument = {
  title: '',
  description: '',
  tags: [],
  category: { slug: '', name: '' },
  packages: [],
  extras: [],
  faq: [],
  questions: [],
  images: [],
};

const ofTier = (doc: GigDocument, tier: string) => doc.packages.find((offer) => offer.tier === tier);

function packageRows(
  name: string,
  before: GigPackage | undefined,
  after: GigPackage | undefined,
  currency: string,
): DiffRow[] {
  if (!before && !after) return [];
  const facts = (offer: GigPackage | undefined): [string, string][] => [
    ['name', offer?.title ?? ''],
    ['price', offer ? formatMoney(offer.price_cents, currency) : ''],
    ['delivery', offer ? plural(offer.delivery_days, 'day') : ''],
    ['rounds of changes', offer ? String(offer.revisions) : ''],
    ['what the buyer gets', offer?.description ?? ''],
    ['included', offer?.includes.join('\n') ?? ''],
  ];
  const old = facts(before);
  const rows = facts(after).map(([fact, text], index) => sides(`${name}, ${fact}`, [old[index]![1]], [text]));
  const changed = rows.filter((row) => !('same' in row));
  return changed.length > 0 ? changed : [{ field: `${name} package`, same: true }];
}

const extraLine =
  (currency: string) =>
  ({ title, price_cents, extra_days, max_quantity }: GigExtra): string =>
    [
      title,
      formatMoney(price_cents, currency),
      extra_days === 0 ? 'no extra days' : plural(extra_days, 'extra day'),
      max_quantity > 1 && `up to ${max_quantity}`,
    ]
      .filter(Boolean)
      .join(', ');

const faqLine = ({ question, answer }: { question: string; answer: string }): string => `${question} – ${answer}`;

const ANSWERS: Record<GigQuestion['kind'], string> = {
  short_text: 'one line',
  long_text: 'several lines',
  one_choice: 'one of',
  many_choices: 'any of',
  file: 'a file',
};

const questionLine = ({ label, kind, choices, required }: GigQuestion): string =>
  `${label} (${ANSWERS[kind]}${choices.length > 0 ? `: ${choices.join('; ')}` : ''}, ${required ? 'required' : 'optional'})`;

/** Lines that stay are plain; the rest is struck through on the left and underlined on the right. */
function sides(field: string, before: string[], after: string[]): DiffRow {
  const [old, wanted] = [before.filter(Boolean), after.filter(Boolean)];
  if (old.join('\n') === wanted.join('\n')) return { field, same: true };
  const marked = (lines: string[], others: string[], kind: 'removed' | 'added'): DiffPart[] =>
    lines.map((text) => ({ kind: others.includes(text) ? 'same' : kind, text }));
  return { field, before: marked(old, wanted, 'removed'), after: marked(wanted, old, 'added') };
}

const inline = (field: string, before: string, after: string): DiffRow =>
  before === after ? { field, same: true } : { field, inline: wordDiff(before, after) };

function pictures(before: GigImage[], after: GigImage[]): DiffRow {
  const ids = (images: GigImage[]) => images.map(({ id }) => id).join();
  if (ids(before) === ids(after)) return { field: 'Pictures', same: true };
  const marked = (images: GigImage[], others: GigImage[], kind: 'removed' | 'added'): DiffPicture[] =>
    images.flatMap((image) => {
      const cover = presentCover(image, { sizes: '128px', alt: image.alt });
      return cover ? [{ kind: others.some(({ id }) => id === image.id) ? ('same' as const) : kind, cover }] : [];
    });
  return {
    field: 'Pictures',
    beforePictures: marked(before, after, 'removed'),
    afterPictures: marked(after, before, 'added'),
  };
}
