import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByTomas: GigStory[] = [
  {
    key: 'cutting-list',
    seller: 'tomas',
    category: 'plans-and-drawings',
    title: 'Shelf or table drawn with a cutting list for the timber yard',
    description: prose`
      Tell me the space, the load and the tools you have. I draw a shelf or table you can build in a weekend, with
      every board on a list the timber yard can cut from, and the order in which to glue it.

      Each drawing is of something I would build myself, in wood you can buy.`,
    tags: ['woodwork', 'shelf', 'table', 'cutting list'],
    packages: [
      {
        tier: 'basic',
        title: 'One shelf',
        description: 'Drawing, cutting list and order of work.',
        price: 3000,
        days: 4,
        revisions: 1,
        includes: ['Pieces: 1', 'Cutting list'],
      },
    ],
    extras: [],
    faq: [],
    questions: [{ kind: 'long_text', label: 'Width, height, depth, and what it carries', required: true }],
    pictures: [
      { drawing: 'shelf', variant: 0, alt: 'A shelf drawn from the front with its boards laid out beside it' },
    ],
    submittedDaysAgo: 4,
    ends: { as: 'draft' },
  },
];
