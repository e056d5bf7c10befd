import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByHana: GigStory[] = [
  {
    key: 'book-cover',
    seller: 'hana',
    category: 'design-and-illustration',
    title: 'Book cover for a first novel, paperback and e-book',
    description: prose`
      I read the first two chapters and the last page before I draw anything. Then you get two ideas as small ink
      drawings, and we finish the one that feels like your book.

      The cover is drawn, not put together from stock pictures, so nobody else will have it. Spine and back are set
      to your printer's template: send me the page count when it is final, because the spine changes with it.

      - e-book cover as JPEG
      - paperback wrap as PDF with bleed
      - the drawing itself as a file without letters, yours to use for the book`,
    tags: ['book cover', 'novel', 'illustration', 'e-book'],
    packages: [
      {
        tier: 'basic',
        title: 'E-book cover',
        description: 'Front cover only.',
        price: 15000,
        days: 10,
        revisions: 2,
        includes: ['Ideas to choose from: 2', 'E-book JPEG'],
      },
      {
        tier: 'standard',
        title: 'Paperback and e-book',
        description: 'Front, spine and back to your printer’s template.',
        price: 24000,
        days: 14,
        revisions: 3,
        includes: ['Ideas to choose from: 2', 'E-book JPEG', 'Paperback wrap with bleed'],
      },
    ],
    extras: [
      { title: 'Small drawing for the chapter openings', price: 3000, extraDays: 2, maxQuantity: 3 },
      { title: 'Spine set again after a new page count', price: 1000, extraDays: 1, maxQuantity: 2 },
    ],
    faq: [
      {
        question: 'May I use the drawing on posters for readings?',
        answer: 'Yes, for anything that is about this book. Not for T-shirts you sell.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'Title and author, exactly as printed', required: true },
      { kind: 'long_text', label: 'What happens in the book, with the ending', required: true },
      { kind: 'short_text', label: 'Printer and trim size', required: false },
    ],
    pictures: [
      { drawing: 'book', variant: 0, alt: 'A standing paperback with a house and a moon on its cover' },
      { drawing: 'book', variant: 1, alt: 'A standing paperback with a fox under a tree on its cover' },
    ],
    submittedDaysAgo: 205,
  },
  {
    key: 'ink-drawings',
    seller: 'hana',
    category: 'design-and-illustration',
    title: 'Six small ink illustrations for a recipe book or a story',
    description: prose`
      Drawings the size of a matchbox, black ink on white, the kind that sits between two paragraphs. A lemon, a
      kettle, a dog that waits.

      You list six things. I pencil all six on one sheet, you say what is wrong, then I ink them. After inking I can
      change small things only, so please look at the pencils closely.

      Files are black on transparent, 600 dpi, good up to 6 cm wide in print.`,
    tags: ['ink', 'illustration', 'recipe', 'children', 'spot drawings'],
    packages: [
      {
        tier: 'basic',
        title: 'Six drawings',
        description: 'Six objects or animals, no background.',
        price: 8000,
        days: 7,
        revisions: 1,
        includes: ['Drawings: 6', 'Pencil sheet first', '600 dpi files'],
      },
      {
        tier: 'standard',
        title: 'Six small scenes',
        description: 'Six scenes with people and places.',
        price: 16500,
        days: 12,
        revisions: 2,
        includes: ['Drawings: 6', 'Pencil sheet first', '600 dpi files', 'People and backgrounds'],
      },
    ],
    extras: [{ title: 'One more drawing', price: 1400, extraDays: 1, maxQuantity: 12 }],
    faq: [
      {
        question: 'Can I have the paper originals?',
        answer: 'Ask me in the order. I post them for the cost of the postage when the order is done.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'The six things or scenes, one per line', required: true },
      { kind: 'short_text', label: 'What are they for?', required: true },
    ],
    pictures: [
      { drawing: 'ink-spots', variant: 0, alt: 'Six small drawings in a grid: lemon, cup, leaf, fish, moon, house' },
    ],
    submittedDaysAgo: 150,
  },
  {
    key: 'moving-drawing',
    seller: 'hana',
    category: 'video-and-animation',
    title: 'Your drawing set in motion: five seconds of simple animation',
    description: prose`
      One drawing, one movement, five seconds, as a loop. Steam rises, a tail wags, a lantern swings. I redraw your
      picture in eight to twelve frames by hand, so it keeps its line and does not look like cut-out paper.

      Works best with a drawing that has one thing in it. If your picture is busy I will say which part should move.

      You get an MP4, a GIF under 2 MB and a version with a transparent background.`,
    tags: ['animation', 'loop', 'GIF', 'illustration'],
    packages: [
      {
        tier: 'basic',
        title: 'One loop',
        description: 'Five seconds, 8 to 12 frames, from your drawing.',
        price: 11000,
        days: 9,
        revisions: 1,
        includes: ['Length: 5 seconds', 'MP4, GIF and transparent version'],
      },
      {
        tier: 'standard',
        title: 'Loop and drawing',
        description: 'I make the drawing too.',
        price: 17500,
        days: 14,
        revisions: 2,
        includes: ['Length: 5 seconds', 'MP4, GIF and transparent version', 'Original drawing'],
      },
    ],
    extras: [{ title: 'Second movement in the same picture', price: 4000, extraDays: 3, maxQuantity: 1 }],
    faq: [
      {
        question: 'Is there sound?',
        answer: 'No. Mateo and Kwame on this site make good sound, and I can send them the file.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'What should move, and how fast?', required: true },
      {
        kind: 'one_choice',
        label: 'Where will it play?',
        required: false,
        choices: ['On a website', 'In messages', 'On a screen in a shop', 'Somewhere else'],
      },
    ],
    pictures: [{ drawing: 'frames', variant: 0, alt: 'A lantern in four frames, swinging a little further in each' }],
    submittedDaysAgo: 100,
  },
];
