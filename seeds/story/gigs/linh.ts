import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByLinh: GigStory[] = [
  {
    key: 'python-script',
    seller: 'linh',
    category: 'programming',
    title: 'Python script that does one boring job for you',
    description: prose`
      Renaming four hundred files, joining twelve spreadsheets, fetching one page every morning: if you can explain it
      in five minutes, I can write a script for it.

      You get a single Python file without exotic libraries, a test with your own sample data, and one page on how to
      run it on Windows, Mac or Linux. It says what it is doing and stops with a clear sentence when something is
      wrong.

      I do not write scripts that log in as somebody else, flood a website or get around a paywall.`,
    tags: ['Python', 'script', 'automation', 'files', 'spreadsheets'],
    packages: [
      {
        tier: 'basic',
        title: 'One step',
        description: 'One thing in, one thing out.',
        price: 5000,
        days: 3,
        revisions: 1,
        includes: ['Steps: 1', 'Test with your data', 'How to run it'],
      },
      {
        tier: 'standard',
        title: 'Several steps',
        description: 'Up to five steps, with a settings file.',
        price: 12000,
        days: 6,
        revisions: 2,
        includes: ['Steps: up to 5', 'Test with your data', 'How to run it', 'Settings file'],
      },
    ],
    extras: [{ title: 'Runs by itself every day on your computer', price: 2500, extraDays: 1, maxQuantity: 1 }],
    faq: [
      {
        question: 'I have never run a script',
        answer: 'Then I write the page for you and not for a programmer, with pictures of each click.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'What do you do by hand today, step by step?', required: true },
      { kind: 'one_choice', label: 'Your computer', required: true, choices: ['Windows', 'Mac', 'Linux'] },
    ],
    pictures: [{ drawing: 'terminal', variant: 0, alt: 'A terminal window with a progress bar and a list of files' }],
    submittedDaysAgo: 236,
  },
  {
    key: 'slow-query',
    seller: 'linh',
    category: 'programming',
    title: 'Slow Postgres query made quick, with the plan before and after',
    description: prose`
      Send me the query, the table definitions and the output of EXPLAIN (ANALYZE, BUFFERS). I send back the change,
      the reason and the two plans side by side.

      Sometimes it is an index, sometimes the query, sometimes a setting. I start with what costs you least to change.
      If the query is already as good as it gets, I say so, show why, and cancel the order.

      I never need your data: the plan and the counts are enough. Do not send me customer records.`,
    tags: ['PostgreSQL', 'SQL', 'database', 'performance', 'index'],
    packages: [
      {
        tier: 'basic',
        title: 'One query',
        description: 'One slow query on up to five tables.',
        price: 7500,
        days: 3,
        revisions: 1,
        includes: ['Queries: 1', 'Plan before and after'],
      },
      {
        tier: 'standard',
        title: 'The worst five',
        description: 'Your five slowest from pg_stat_statements.',
        price: 26000,
        days: 8,
        revisions: 2,
        includes: ['Queries: 5', 'Plan before and after', 'Notes on settings'],
      },
    ],
    extras: [{ title: 'Migration file for your framework', price: 2000, extraDays: 1, maxQuantity: 5 }],
    faq: [
      {
        question: 'MySQL?',
        answer: 'I can read it, but I would be guessing more than I like. Better ask somebody else.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'The query and the output of EXPLAIN (ANALYZE, BUFFERS)', required: true },
      { kind: 'short_text', label: 'Postgres version and where it runs', required: true },
    ],
    pictures: [{ drawing: 'query-plan', variant: 0, alt: 'A tree of boxes with one wide bar becoming a narrow one' }],
    submittedDaysAgo: 180,
  },
  {
    key: 'wordpress-move',
    seller: 'linh',
    category: 'programming',
    title: 'WordPress site moved to a new host without losing a post',
    description: prose`
      Posts, pages, pictures, comments, users and the addresses people have bookmarked: all of it arrives, and the old
      site stays up until you have looked at the new one.

      - full backup first, a copy of which you keep
      - move to the new host under a test address
      - you check, I correct, then the domain changes over
      - certificate, redirects and mail records looked after

      Usually nobody notices, except that it is quicker.`,
    tags: ['WordPress', 'hosting', 'migration', 'backup'],
    packages: [
      {
        tier: 'basic',
        title: 'The move',
        description: 'One site up to 5 GB.',
        price: 8000,
        days: 3,
        revisions: 1,
        includes: ['Size: up to 5 GB', 'Backup you keep', 'Certificate and redirects'],
      },
      {
        tier: 'standard',
        title: 'Move and tidy',
        description: 'As basic, with unused plugins removed and the rest updated.',
        price: 13000,
        days: 5,
        revisions: 2,
        includes: ['Size: up to 20 GB', 'Backup you keep', 'Certificate and redirects', 'Plugins tidied'],
      },
    ],
    extras: [{ title: 'Nightly backup set up', price: 2500, extraDays: 1, maxQuantity: 1 }],
    faq: [
      {
        question: 'Which host should I take?',
        answer: 'I have no deal with any host. Tell me your country and visitors and I name two.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'Address of the site', required: true },
      { kind: 'short_text', label: 'Old host and new host', required: true },
      { kind: 'long_text', label: 'Anything unusual: shop, members, old plugins?', required: false },
    ],
    pictures: [{ drawing: 'servers', variant: 0, alt: 'Boxes moving along a dotted line from one cabinet to another' }],
    submittedDaysAgo: 47,
  },
  {
    key: 'pdf-tables',
    seller: 'linh',
    category: 'data-and-spreadsheets',
    title: 'Tables in a PDF turned into a spreadsheet you can sort',
    description: prose`
      Bank statements, price lists, council budgets: numbers that somebody printed instead of sending. I take them out
      of the PDF, put one value in one cell, and check the sums against the printed totals.

      You get an XLSX and a CSV, with a list of every cell I was not sure about and why. Scanned paper is fine when a
      person can read it.

      Statements are deleted from my computer when the order is complete.`,
    tags: ['PDF', 'spreadsheet', 'data entry', 'extraction', 'Excel'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 10 pages',
        description: 'Printed or exported PDF.',
        price: 2500,
        days: 2,
        revisions: 1,
        includes: ['Pages: up to 10', 'Sums checked', 'XLSX and CSV'],
      },
      {
        tier: 'standard',
        title: 'Up to 60 pages',
        description: 'Also scans.',
        price: 8500,
        days: 4,
        revisions: 1,
        includes: ['Pages: up to 60', 'Sums checked', 'XLSX and CSV', 'Scanned paper'],
      },
    ],
    extras: [{ title: 'Another 20 pages', price: 2500, extraDays: 1, maxQuantity: 10 }],
    faq: [],
    questions: [
      { kind: 'long_text', label: 'Which tables do you need, and in what shape?', required: true },
      {
        kind: 'one_choice',
        label: 'What kind of PDF is it?',
        required: true,
        choices: ['Exported', 'Scanned', 'Both'],
      },
    ],
    pictures: [
      {
        drawing: 'sheet-from-paper',
        variant: 0,
        alt: 'A printed table on the left becoming a grid of cells on the right',
      },
    ],
    submittedDaysAgo: 36,
  },
];
