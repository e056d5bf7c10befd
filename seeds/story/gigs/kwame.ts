import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByKwame: GigStory[] = [
  {
    key: 'podcast-edit',
    seller: 'kwame',
    category: 'audio-and-music',
    title: 'Podcast episode cleaned up, levelled and cut to length',
    description: prose`
      You talk, I take out the door, the fridge and the third “um” in a row. The voices end up equally loud, the music
      stays under them, and the episode has the length you wanted.

      - breaths and pauses stay where they are human
      - loudness set to what podcast apps expect (-16 LUFS)
      - chapters and a list of what I cut, with times

      You mark the parts you want gone, or you leave that to me and I tell you what I did. Up to two voices on
      separate tracks sound best, but one track is fine.`,
    tags: ['podcast', 'editing', 'audio', 'levelling', 'mixing'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 20 minutes',
        description: 'One episode, up to 30 minutes raw.',
        price: 3000,
        days: 2,
        revisions: 1,
        includes: ['Finished length: up to 20 minutes', 'Loudness for podcast apps'],
      },
      {
        tier: 'standard',
        title: 'Up to 45 minutes',
        description: 'One episode, up to 75 minutes raw, with your intro and outro.',
        price: 5500,
        days: 3,
        revisions: 2,
        includes: ['Finished length: up to 45 minutes', 'Loudness for podcast apps', 'Intro, outro and chapters'],
      },
      {
        tier: 'premium',
        title: 'Four episodes',
        description: 'A month of a weekly show, each up to 45 minutes.',
        price: 20000,
        days: 21,
        revisions: 4,
        includes: [
          'Finished length: up to 45 minutes each',
          'Loudness for podcast apps',
          'Intro, outro and chapters',
          'Show notes with times',
        ],
      },
    ],
    extras: [
      { title: 'Transcript in English, checked by ear', price: 2000, extraDays: 1, maxQuantity: 4 },
      { title: 'Thirty-second clip for social media', price: 800, extraDays: 0, maxQuantity: 5 },
    ],
    faq: [
      {
        question: 'We recorded over a bad line',
        answer: 'I can make it understandable, not beautiful. Ask the other side for a phone recording next time.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Link to the recording, and what must go', required: true },
      { kind: 'short_text', label: 'How long should the episode be?', required: true },
      {
        kind: 'many_choices',
        label: 'What comes with it?',
        required: false,
        choices: ['Intro music', 'Outro music', 'Advert to place', 'Chapter list'],
      },
    ],
    pictures: [
      { drawing: 'waveform', variant: 0, alt: 'A waveform, rough on the left and even on the right of a playhead' },
    ],
    submittedDaysAgo: 348,
  },
  {
    key: 'noise-removal',
    seller: 'kwame',
    category: 'audio-and-music',
    title: 'Hum, hiss and traffic taken out of one recording',
    description: prose`
      A choir in a cold church with a humming heater, an interview at a bus stop, grandfather on a cassette. I take
      out as much as can go before the voice starts to suffer, and I stop there.

      Before you order, send me twenty seconds in a message. I clean them for nothing and you hear what is possible.

      You get WAV and MP3, and the untouched copy back so that nothing is ever lost.`,
    tags: ['noise removal', 'restoration', 'interview', 'cassette', 'audio'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 15 minutes',
        description: 'One recording, one kind of noise.',
        price: 2500,
        days: 2,
        revisions: 1,
        includes: ['Length: up to 15 minutes', 'WAV and MP3'],
      },
      {
        tier: 'standard',
        title: 'Up to an hour',
        description: 'One recording with several kinds of noise.',
        price: 6000,
        days: 4,
        revisions: 1,
        includes: ['Length: up to 60 minutes', 'WAV and MP3', 'Note on what was done'],
      },
    ],
    extras: [{ title: 'Another 15 minutes', price: 1500, extraDays: 1, maxQuantity: 8 }],
    faq: [
      {
        question: 'Can you remove one person talking?',
        answer: 'Not when two talk at once. Between the sentences, yes.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Link to the recording, and what disturbs you', required: true },
      { kind: 'short_text', label: 'What is it for?', required: false },
    ],
    pictures: [{ drawing: 'waveform', variant: 1, alt: 'A fuzzy band of sound with a clean line in its middle' }],
    submittedDaysAgo: 245,
  },
  {
    key: 'voice-over',
    seller: 'kwame',
    category: 'audio-and-music',
    title: 'Voice-over in Ghanaian English, warm and unhurried',
    description: prose`
      A voice that sounds like a person who has time. For explainers, museum guides, phone greetings and audio
      lessons. Treated room, large-diaphragm microphone, 48 kHz.

      I read your first paragraph twice, at two speeds; you say which, then I read the rest. Mistakes of mine I read
      again for nothing. New text is new work.

      I do not read adverts for loans, betting or miracle cures, and my voice may not be used to train or clone
      anything.`,
    tags: ['voice-over', 'narration', 'English', 'Ghana', 'museum guide'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 300 words',
        description: 'About two minutes.',
        price: 3500,
        days: 2,
        revisions: 1,
        includes: ['Words: up to 300', 'WAV and MP3'],
      },
      {
        tier: 'standard',
        title: 'Up to 1,200 words',
        description: 'About eight minutes.',
        price: 10000,
        days: 4,
        revisions: 1,
        includes: ['Words: up to 1,200', 'WAV and MP3', 'One file per section'],
      },
    ],
    extras: [{ title: 'Timed to your video', price: 2500, extraDays: 1, maxQuantity: 1 }],
    faq: [],
    questions: [
      { kind: 'long_text', label: 'The text, with difficult names spelled as they sound', required: true },
      { kind: 'short_text', label: 'Where will it be heard?', required: true },
    ],
    pictures: [{ drawing: 'microphone', variant: 1, alt: 'A studio microphone in front of sound waves' }],
    submittedDaysAgo: 99,
  },
];
