import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByAigerim: GigStory[] = [
  {
    key: 'proofreading',
    seller: 'aigerim',
    category: 'writing-and-translation',
    title: 'Proofreading of an English text by a patient reader',
    description: prose`
      I read your text twice: once for sense, once for spelling, grammar and commas. Every change is marked so that
      you can take it or leave it, and where a rule is behind it I name the rule.

      Good for theses, reports, grant applications and letters by people who write English as a second language. I
      leave your voice alone. I do not write essays for students and I do not add facts.

      British or American spelling, as you like.`,
    tags: ['proofreading', 'English', 'thesis', 'editing', 'ESL'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 1,500 words',
        description: 'A letter, an abstract, a short article.',
        price: 2200,
        days: 2,
        revisions: 1,
        includes: ['Words: up to 1,500', 'Changes marked'],
      },
      {
        tier: 'standard',
        title: 'Up to 6,000 words',
        description: 'A chapter or a report.',
        price: 7200,
        days: 4,
        revisions: 1,
        includes: ['Words: up to 6,000', 'Changes marked', 'List of what you repeat'],
      },
      {
        tier: 'premium',
        title: 'Up to 20,000 words',
        description: 'A thesis or a small book.',
        price: 21000,
        days: 10,
        revisions: 2,
        includes: ['Words: up to 20,000', 'Changes marked', 'List of what you repeat', 'Reference list checked'],
      },
    ],
    extras: [{ title: 'Another 1,000 words', price: 1300, extraDays: 1, maxQuantity: 20 }],
    faq: [
      {
        question: 'Which file do you need?',
        answer: 'Word, LibreOffice or Google Docs. LaTeX is fine, the marks are then in a PDF.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'Who will read it?', required: true },
      { kind: 'one_choice', label: 'Spelling', required: true, choices: ['British', 'American', 'As it is'] },
      { kind: 'long_text', label: 'Paste the text or a link to it', required: true },
    ],
    pictures: [{ drawing: 'marked-page', variant: 0, alt: 'A page of text with red marks and a pencil' }],
    submittedDaysAgo: 226,
  },
  {
    key: 'family-letters',
    seller: 'aigerim',
    category: 'writing-and-translation',
    title: 'Old family letters translated from Russian or Kazakh',
    description: prose`
      Grandmother's letters, a page from a labour book, a postcard from 1957. I read old handwriting and the Kazakh
      that was written in Latin letters before 1940.

      You get the original typed out line by line, the English beside it, and short notes on names, places and words
      that no longer exist. What I cannot read I mark as unread; I do not guess.

      This is for families. For offices you need a sworn translator, which I am not.`,
    tags: ['Russian', 'Kazakh', 'translation', 'family history', 'handwriting'],
    packages: [
      {
        tier: 'basic',
        title: 'One page',
        description: 'One handwritten or printed page.',
        price: 2800,
        days: 3,
        revisions: 1,
        includes: ['Pages: 1', 'Original typed out', 'Notes'],
      },
      {
        tier: 'standard',
        title: 'Five pages',
        description: 'A bundle from one hand.',
        price: 11500,
        days: 7,
        revisions: 1,
        includes: ['Pages: up to 5', 'Original typed out', 'Notes'],
      },
    ],
    extras: [{ title: 'One more page from the same hand', price: 2200, extraDays: 1, maxQuantity: 15 }],
    faq: [
      {
        question: 'How should I scan them?',
        answer: 'A phone photo by a window is fine. Both sides, please, even when one looks empty.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Who wrote to whom, and roughly when?', required: true },
      {
        kind: 'one_choice',
        label: 'Language',
        required: true,
        choices: ['Russian', 'Kazakh', 'Both', 'I am not sure'],
      },
    ],
    pictures: [{ drawing: 'letter', variant: 0, alt: 'An open envelope with a handwritten letter and a stamp' }],
    submittedDaysAgo: 133,
  },
  {
    key: 'survey-answers',
    seller: 'aigerim',
    category: 'data-and-spreadsheets',
    title: 'Survey answers read, sorted into themes and counted',
    description: prose`
      The last box of every survey says “Anything else?”, and then nobody reads it. I do. I read all answers, propose
      a list of themes, agree it with you, and sort every answer under one or two of them.

      You get the spreadsheet with the themes beside each answer, a table of counts, and twenty quotations that show
      what people meant. Every tenth answer I sort twice, a day apart, and tell you how often I agreed with myself.

      English and Russian answers.`,
    tags: ['survey', 'coding', 'open answers', 'research', 'spreadsheet'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 200 answers',
        description: 'One open question.',
        price: 4800,
        days: 4,
        revisions: 1,
        includes: ['Answers: up to 200', 'Table of counts', 'Quotations'],
      },
      {
        tier: 'standard',
        title: 'Up to 1,000 answers',
        description: 'Up to three open questions.',
        price: 15500,
        days: 9,
        revisions: 2,
        includes: ['Answers: up to 1,000', 'Table of counts', 'Quotations', 'Second reading of every tenth'],
      },
    ],
    extras: [{ title: 'Another 100 answers', price: 1800, extraDays: 1, maxQuantity: 10 }],
    faq: [],
    questions: [
      { kind: 'long_text', label: 'What do you want to find out?', required: true },
      { kind: 'short_text', label: 'How many answers, in which language?', required: true },
    ],
    pictures: [{ drawing: 'sticky-notes', variant: 0, alt: 'Coloured notes gathered under four headings' }],
    submittedDaysAgo: 130,
  },
];
