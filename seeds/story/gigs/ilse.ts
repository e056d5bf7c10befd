import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByIlse: GigStory[] = [
  {
    key: 'subtitles',
    seller: 'ilse',
    category: 'video-and-animation',
    title: 'Subtitles for a ten-minute video, timed by hand',
    description: prose`
      No machine timing. I listen, type, break the lines where a reader breathes, and take a subtitle away when the
      shot changes. At most two lines of 42 characters, and long enough to read.

      - spoken English, Dutch or French, in the same language
      - SRT and VTT files that work on YouTube, Vimeo and your own site
      - names and technical terms checked with you first

      For deaf and hard-of-hearing viewers choose Standard: it says who speaks and what can be heard.`,
    tags: ['subtitles', 'captions', 'video', 'Dutch', 'French', 'accessibility'],
    packages: [
      {
        tier: 'basic',
        title: 'Same language',
        description: 'Up to ten minutes, subtitles in the spoken language.',
        price: 2500,
        days: 2,
        revisions: 1,
        includes: ['Length: up to 10 minutes', 'SRT and VTT'],
      },
      {
        tier: 'standard',
        title: 'For the hard of hearing',
        description: 'With speakers and sounds.',
        price: 4000,
        days: 3,
        revisions: 1,
        includes: ['Length: up to 10 minutes', 'SRT and VTT', 'Speakers and sounds'],
      },
      {
        tier: 'premium',
        title: 'Translated',
        description: 'Between English, Dutch and French, in both languages.',
        price: 8000,
        days: 5,
        revisions: 2,
        includes: ['Length: up to 10 minutes', 'SRT and VTT', 'Speakers and sounds', 'Second language'],
      },
    ],
    extras: [
      { title: 'Another five minutes', price: 1200, extraDays: 1, maxQuantity: 10 },
      { title: 'Burnt into the picture', price: 1000, extraDays: 0, maxQuantity: 1 },
    ],
    faq: [
      { question: 'The sound is poor', answer: 'Send one minute first. What I cannot hear, I mark, and you tell me.' },
    ],
    questions: [
      { kind: 'short_text', label: 'Link to the video', required: true },
      { kind: 'one_choice', label: 'Spoken language', required: true, choices: ['English', 'Dutch', 'French'] },
      { kind: 'long_text', label: 'Names and terms, as they are spelled', required: false },
    ],
    pictures: [
      { drawing: 'mountains', variant: 0, alt: 'A film still of mountains at dusk with a subtitle and a timeline' },
    ],
    submittedDaysAgo: 44,
  },
  {
    key: 'talk-clips',
    seller: 'ilse',
    category: 'video-and-animation',
    title: 'Long talk cut into three short clips that stand alone',
    description: prose`
      Somewhere in your fifty minutes are three times sixty seconds that people would pass on. I find them, cut them
      so that they make sense without the rest, and set subtitles that can be read with the sound off.

      Upright and wide. Your logo small in the corner, or not at all. Before I cut, you get a list of six places with
      times, and choose.`,
    tags: ['video editing', 'clips', 'talk', 'conference', 'social media'],
    packages: [
      {
        tier: 'basic',
        title: 'Three clips',
        description: 'From one talk of up to 60 minutes.',
        price: 9500,
        days: 5,
        revisions: 1,
        includes: ['Clips: 3', 'Upright and wide', 'Subtitles in the spoken language'],
      },
    ],
    extras: [{ title: 'One more clip', price: 2500, extraDays: 1, maxQuantity: 5 }],
    faq: [
      {
        question: 'May I choose the places myself?',
        answer: 'Of course. Put the times in the brief and I start with those.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'Link to the talk', required: true },
      { kind: 'long_text', label: 'Who should stop scrolling for this?', required: true },
    ],
    pictures: [{ drawing: 'clips', variant: 0, alt: 'A long filmstrip with three pieces lifted out of it' }],
    submittedDaysAgo: 33,
  },
  {
    key: 'family-film',
    seller: 'ilse',
    category: 'video-and-animation',
    title: 'Phone videos of a day cut into one ten-minute film',
    description: prose`
      A wedding, a first week at school, the last summer in the old house. Send me everything from all the phones; I
      sort it by time, take the best of each moment, even out the sound and make one film you can show to people who
      were not there.

      No drone, no slow motion, no music that hides what was said. If there is a speech, it stays whole.`,
    tags: ['video editing', 'family', 'wedding', 'phone video'],
    packages: [
      {
        tier: 'basic',
        title: 'Five minutes',
        description: 'From up to one hour of footage.',
        price: 9000,
        days: 7,
        revisions: 1,
        includes: ['Finished length: 5 minutes', 'Sound evened out'],
      },
      {
        tier: 'standard',
        title: 'Ten minutes',
        description: 'From up to three hours of footage.',
        price: 16000,
        days: 12,
        revisions: 2,
        includes: ['Finished length: 10 minutes', 'Sound evened out', 'Titles and names'],
      },
    ],
    extras: [{ title: 'Another hour of footage', price: 3000, extraDays: 2, maxQuantity: 4 }],
    faq: [],
    questions: [
      { kind: 'long_text', label: 'What happened, in order, and who is who?', required: true },
      { kind: 'short_text', label: 'Link to the folder with the videos', required: true },
    ],
    pictures: [{ drawing: 'phone-film', variant: 0, alt: 'Three phones whose pictures join into one wide frame' }],
    submittedDaysAgo: 21,
  },
];
