import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByMateo: GigStory[] = [
  {
    key: 'jingle',
    seller: 'mateo',
    category: 'audio-and-music',
    title: 'Jingle for your shop or podcast, up to 20 seconds',
    description: prose`
      A short tune that people can whistle. I play it on real strings with a little percussion, and if you want words
      I can sing them in Spanish or English, three lines at most.

      First you hear two sketches on one guitar. We choose one and I record it properly.

      The tune is new and yours: you may use it for your shop or show for as long as it exists, on air and online. I
      keep the right to say that I wrote it.`,
    tags: ['jingle', 'music', 'podcast intro', 'guitar', 'charango'],
    packages: [
      {
        tier: 'basic',
        title: 'Ten seconds',
        description: 'Instrumental, two instruments.',
        price: 7000,
        days: 5,
        revisions: 1,
        includes: ['Length: up to 10 seconds', 'Sketches to choose from: 2', 'WAV and MP3'],
      },
      {
        tier: 'standard',
        title: 'Twenty seconds',
        description: 'Up to four instruments, with or without a sung line.',
        price: 12500,
        days: 8,
        revisions: 2,
        includes: ['Length: up to 20 seconds', 'Sketches to choose from: 2', 'WAV and MP3', 'Sung line'],
      },
    ],
    extras: [
      { title: 'Five-second version for the end', price: 1500, extraDays: 1, maxQuantity: 1 },
      { title: 'Separate tracks', price: 1500, extraDays: 0, maxQuantity: 1 },
    ],
    faq: [
      {
        question: 'Can it sound like a song I like?',
        answer: 'Like its mood, yes. Like the song itself, no: that would be theirs.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'What is it for, and who listens?', required: true },
      { kind: 'long_text', label: 'Three words for the mood, and a song that has it', required: true },
    ],
    pictures: [{ drawing: 'guitar', variant: 0, alt: 'The body of a guitar with six strings and a sound hole' }],
    submittedDaysAgo: 196,
  },
  {
    key: 'guitar-track',
    seller: 'mateo',
    category: 'audio-and-music',
    title: 'Guitar or charango track played for your song',
    description: prose`
      Send me the song as it is, with a click or a tempo, and chords if you have them. I play nylon-string guitar,
      steel-string guitar or charango along with it and send you clean takes to mix.

      Two complete takes, so that you can choose phrase by phrase. 24 bit, 48 kHz, no effects unless you ask.

      I am good at huayno, bolero, folk and quiet pop. For metal there are better people.`,
    tags: ['guitar', 'charango', 'session musician', 'recording'],
    packages: [
      {
        tier: 'basic',
        title: 'One instrument',
        description: 'Up to four minutes, two takes.',
        price: 6000,
        days: 5,
        revisions: 1,
        includes: ['Instruments: 1', 'Takes: 2'],
      },
      {
        tier: 'standard',
        title: 'Two instruments',
        description: 'Guitar and charango, two takes each.',
        price: 9500,
        days: 7,
        revisions: 2,
        includes: ['Instruments: 2', 'Takes: 2 each'],
      },
    ],
    extras: [{ title: 'Solo of up to 16 bars', price: 2500, extraDays: 1, maxQuantity: 2 }],
    faq: [],
    questions: [
      { kind: 'long_text', label: 'Link to the song, tempo, key and chords', required: true },
      {
        kind: 'one_choice',
        label: 'Instrument',
        required: true,
        choices: ['Nylon guitar', 'Steel guitar', 'Charango', 'You choose'],
      },
    ],
    pictures: [{ drawing: 'guitar', variant: 1, alt: 'A small charango on a woven cloth' }],
    submittedDaysAgo: 75,
  },
];
