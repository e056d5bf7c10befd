import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsBySunniva: GigStory[] = [
  {
    key: 'kitchen-sheet',
    seller: 'sunniva',
    category: 'data-and-spreadsheets',
    title: 'Stock and cost sheet for a small kitchen, in plain Excel',
    description: prose`
      Ingredients, portions and margins. Works on an old laptop and in LibreOffice.

      You enter what you buy and what goes into a dish. The sheet tells you what a plate costs, what it earns, and
      what you have to order on Thursday. When flour goes up, every dish on the menu changes with it.

      - one page to type in, one page to print
      - no macros, no links to the internet
      - cells you may change are yellow, the others are locked without a password

      I fill in your first ten dishes with you, so that you see how it works.`,
    tags: ['Excel', 'stock', 'food cost', 'restaurant', 'menu prices', 'LibreOffice'],
    packages: [
      {
        tier: 'basic',
        title: 'Cost sheet',
        description: 'Up to 40 dishes and 120 ingredients.',
        price: 7500,
        days: 5,
        revisions: 1,
        includes: ['Dishes: up to 40', 'First ten dishes filled in'],
      },
      {
        tier: 'standard',
        title: 'Cost and stock',
        description: 'With stock counts and an order list per supplier.',
        price: 12500,
        days: 7,
        revisions: 2,
        includes: ['Dishes: up to 80', 'First ten dishes filled in', 'Stock count and order list'],
      },
    ],
    extras: [
      { title: 'Your recipes typed in, per ten dishes', price: 2000, extraDays: 1, maxQuantity: 10 },
      { title: 'Half an hour of showing on a call', price: 2500, extraDays: 0, maxQuantity: 2 },
    ],
    faq: [
      {
        question: 'Does it know about VAT?',
        answer: 'Yes. You type your rate once, and can have one rate for eating in and another for taking away.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'What kind of kitchen, and how many dishes?', required: true },
      { kind: 'long_text', label: 'How do you keep count today?', required: true },
      {
        kind: 'one_choice',
        label: 'Which program will you use?',
        required: true,
        choices: ['Excel', 'LibreOffice', 'Google Sheets', 'Numbers'],
      },
    ],
    pictures: [
      { drawing: 'sheet', variant: 0, alt: 'A green spreadsheet with one yellow row and a small bar chart' },
      { drawing: 'sheet', variant: 1, alt: 'The page for stock counts, with three rows marked' },
    ],
    submittedDaysAgo: 262,
  },
  {
    key: 'list-cleanup',
    seller: 'sunniva',
    category: 'data-and-spreadsheets',
    title: 'Messy customer list cleaned up and doubles merged',
    description: prose`
      The same person three times, phone numbers with and without the zero, towns in the street column. Send me the
      list and I send back one row per person.

      Nothing is thrown away: what I merge is on a second sheet with a note why, so you can undo it. Doubtful pairs go
      on a third sheet for you to decide.

      Addresses from Europe and North America. I delete your list when the order is complete, and I sign a data
      processing agreement if you need one.`,
    tags: ['data cleaning', 'duplicates', 'CSV', 'customers', 'addresses'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 1,000 rows',
        description: 'One list.',
        price: 3500,
        days: 2,
        revisions: 1,
        includes: ['Rows: up to 1,000', 'Sheet of everything merged'],
      },
      {
        tier: 'standard',
        title: 'Up to 10,000 rows',
        description: 'Up to three lists joined into one.',
        price: 9500,
        days: 4,
        revisions: 1,
        includes: ['Rows: up to 10,000', 'Sheet of everything merged', 'Lists joined'],
      },
    ],
    extras: [{ title: 'Labels ready to print', price: 1500, extraDays: 1, maxQuantity: 1 }],
    faq: [],
    questions: [
      { kind: 'short_text', label: 'What are the columns?', required: true },
      { kind: 'long_text', label: 'When are two rows the same person for you?', required: true },
    ],
    pictures: [{ drawing: 'merged-rows', variant: 0, alt: 'Several scattered rows joining into one' }],
    submittedDaysAgo: 128,
  },
  {
    key: 'report-charts',
    seller: 'sunniva',
    category: 'data-and-spreadsheets',
    title: 'Charts for your yearly report, readable in black and white',
    description: prose`
      Half of all reports are printed on a grey printer. I draw charts that survive it: direct labels instead of
      legends, lines you can tell apart without colour, a zero where a zero belongs.

      Send the numbers and the sentence each chart should prove. If the numbers do not prove it, I tell you before I
      draw.

      You get SVG, PNG and the spreadsheet they come from, so next year takes you ten minutes.`,
    tags: ['charts', 'report', 'Excel', 'data', 'SVG'],
    packages: [
      {
        tier: 'basic',
        title: 'Three charts',
        description: 'From one table.',
        price: 4500,
        days: 3,
        revisions: 1,
        includes: ['Charts: 3', 'SVG and PNG', 'Spreadsheet behind them'],
      },
      {
        tier: 'standard',
        title: 'Ten charts',
        description: 'One look for the whole report.',
        price: 12000,
        days: 6,
        revisions: 2,
        includes: ['Charts: 10', 'SVG and PNG', 'Spreadsheet behind them', 'Page with the rules of the look'],
      },
    ],
    extras: [{ title: 'One more chart', price: 1300, extraDays: 1, maxQuantity: 10 }],
    faq: [{ question: 'Pie charts?', answer: 'For two or three slices, yes. For seven, I will talk you out of it.' }],
    questions: [
      { kind: 'long_text', label: 'The numbers, and one sentence per chart', required: true },
      { kind: 'short_text', label: 'Page size and language of the report', required: true },
    ],
    pictures: [{ drawing: 'chart', variant: 0, alt: 'A bar chart and a line chart in grey tones with one accent' }],
    submittedDaysAgo: 66,
  },
];
