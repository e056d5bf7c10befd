import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByThandiwe: GigStory[] = [
  {
    key: 'product-texts',
    seller: 'thandiwe',
    category: 'writing-and-translation',
    title: 'Ten product descriptions for your shop, from your notes and photos',
    description: prose`
      You know everything about the thing you make, and it is hard to write because of that. Send me photos and loose
      notes, even a voice message typed out. I ask what a customer would ask and write it down: what it is, what it is
      good for, how big, how to look after it.

      - ten descriptions of 60 to 90 words
      - a headline and a one-line version of each
      - no “elevate”, no “must-have”, nothing you would not say across the counter

      I write in plain English. Claims about health only when you can prove them.`,
    tags: ['product descriptions', 'shop', 'copywriting', 'plain English'],
    packages: [
      {
        tier: 'basic',
        title: 'Ten products',
        description: 'Ten descriptions with headline and short version.',
        price: 6000,
        days: 4,
        revisions: 1,
        includes: ['Products: 10', 'Headline and short version'],
      },
      {
        tier: 'standard',
        title: 'Twenty-five products',
        description: 'A whole small shop, with a note on its voice.',
        price: 13500,
        days: 8,
        revisions: 2,
        includes: ['Products: 25', 'Headline and short version', 'Note on your voice'],
      },
    ],
    extras: [{ title: 'Five more products', price: 2500, extraDays: 2, maxQuantity: 6 }],
    faq: [
      {
        question: 'Will it help me be found?',
        answer: 'It uses the words people search with, because those are the plain words.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Your products, with whatever notes you have', required: true },
      { kind: 'short_text', label: 'Link to your shop', required: false },
    ],
    pictures: [{ drawing: 'price-tags', variant: 0, alt: 'Three swing tags with lines of text' }],
    submittedDaysAgo: 160,
  },
  {
    key: 'cv',
    seller: 'thandiwe',
    category: 'writing-and-translation',
    title: 'CV and cover letter rewritten in plain English',
    description: prose`
      Two pages that a tired person can read in one minute. I cut what everybody writes, ask you for what only you can
      say, and put the strongest line where the eye falls first.

      I will not invent a job, a grade or a number. If there is a gap, we say what it was in six words.

      You get a Word file and a PDF, set simply, so that the machines that read CVs can read it too.`,
    tags: ['CV', 'resume', 'cover letter', 'job', 'plain English'],
    packages: [
      {
        tier: 'basic',
        title: 'CV',
        description: 'One CV, up to two pages.',
        price: 4000,
        days: 3,
        revisions: 1,
        includes: ['Pages: up to 2', 'Word and PDF'],
      },
      {
        tier: 'standard',
        title: 'CV and letter',
        description: 'One CV and one cover letter for one job.',
        price: 6500,
        days: 4,
        revisions: 2,
        includes: ['Pages: up to 2', 'Word and PDF', 'Cover letter'],
      },
    ],
    extras: [{ title: 'Letter for another job', price: 2000, extraDays: 1, maxQuantity: 5 }],
    faq: [
      {
        question: 'I am changing profession',
        answer: 'Those are my favourite ones. Tell me what you did that the new job also needs.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Paste your CV as it is', required: true },
      { kind: 'long_text', label: 'The job you want, or the advert', required: true },
    ],
    pictures: [{ drawing: 'cv', variant: 0, alt: 'A neat two-column page with a small portrait at the top' }],
    submittedDaysAgo: 104,
  },
  {
    key: 'speech',
    seller: 'thandiwe',
    category: 'writing-and-translation',
    title: 'Speech for a wedding or a farewell, in your own voice',
    description: prose`
      Five minutes, one story, one laugh, no poem from the internet. You answer my questions as if you were talking to
      a friend. I keep your words and your way of saying things, and give them a beginning and an end.

      You get the speech in large type with the pauses marked, and a card with the five words to hold on to if you
      lose your place.

      Eulogies too. I take those first and I take my time.`,
    tags: ['speech', 'wedding', 'farewell', 'eulogy'],
    packages: [
      {
        tier: 'basic',
        title: 'Three minutes',
        description: 'About 400 words.',
        price: 4500,
        days: 3,
        revisions: 2,
        includes: ['Length: 3 minutes', 'Large type with pauses'],
      },
      {
        tier: 'standard',
        title: 'Six minutes',
        description: 'About 800 words.',
        price: 7500,
        days: 4,
        revisions: 2,
        includes: ['Length: 6 minutes', 'Large type with pauses', 'Card for your hand'],
      },
    ],
    extras: [{ title: 'By tomorrow evening', price: 3000, extraDays: 0, maxQuantity: 1 }],
    faq: [],
    questions: [
      { kind: 'short_text', label: 'For whom, and who are you to them?', required: true },
      { kind: 'long_text', label: 'Three things about them that their friends would nod at', required: true },
      { kind: 'long_text', label: 'Anything that must not be said?', required: false },
    ],
    pictures: [
      { drawing: 'microphone', variant: 0, alt: 'A microphone on a stand and a sheet of paper with marked pauses' },
    ],
    submittedDaysAgo: 95,
  },
];
