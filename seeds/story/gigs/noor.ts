import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByNoor: GigStory[] = [
  {
    key: 'cafe-menu',
    seller: 'noor',
    category: 'design-and-illustration',
    title: 'Menu and price list for your café, ready to print',
    description: prose`
      Send me your list of dishes as a photo, a text message or a spreadsheet. I set it so that people find the dish
      first and the price where they expect it.

      You get:

      - a PDF your print shop accepts, with bleed and crop marks
      - the same menu as a small picture for WhatsApp
      - a file you can edit yourself when a price changes

      I do not take photos of food. If you have good ones, I will place them.`,
    tags: ['menu', 'price list', 'café', 'restaurant', 'print', 'Arabic'],
    packages: [
      {
        tier: 'basic',
        title: 'One page',
        description: 'One side of A4 or A5, one language.',
        price: 4500,
        days: 3,
        revisions: 1,
        includes: ['Pages: 1', 'Print-ready PDF with bleed'],
      },
      {
        tier: 'standard',
        title: 'Folded menu',
        description: 'Up to four pages, fold and bleed set for your printer.',
        price: 9500,
        days: 5,
        revisions: 2,
        includes: [
          'Pages: up to 4',
          'Print-ready PDF with bleed',
          'File you can edit (Affinity or SVG)',
          'Paper and fold advice',
        ],
      },
      {
        tier: 'premium',
        title: 'The whole set',
        description: 'Up to twelve pages, a drinks board for the wall and a menu behind a QR code.',
        price: 18000,
        days: 8,
        revisions: 4,
        includes: [
          'Pages: up to 12',
          'Print-ready PDF with bleed',
          'File you can edit (Affinity or SVG)',
          'Paper and fold advice',
          'Drinks board and QR menu',
        ],
      },
    ],
    extras: [
      { title: 'Second language', price: 2000, extraDays: 1, maxQuantity: 3 },
      { title: 'Table card with the wifi password', price: 800, extraDays: 0, maxQuantity: 5 },
      { title: 'Allergen marks beside each dish', price: 1500, extraDays: 1, maxQuantity: 1 },
    ],
    faq: [
      {
        question: 'Can you print it for me?',
        answer: 'No, but I tell you what to ask your print shop for, and I check their proof once.',
      },
      {
        question: 'My menu is in two languages',
        answer:
          'Add the extra “Second language”. Arabic and English I write and check myself; for other languages you send me both texts.',
      },
      {
        question: 'What if a price changes next month?',
        answer:
          'Standard and Premium come with a file you can edit in Affinity or Inkscape, and a note on which box to click.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'What is your café called?', required: true },
      { kind: 'long_text', label: 'Send the list of dishes and prices', required: true },
      {
        kind: 'one_choice',
        label: 'Which size does your printer use?',
        required: true,
        choices: ['A4, flat', 'A4, folded once', 'A5, flat', 'I do not know yet'],
      },
      { kind: 'short_text', label: 'Colours or a logo to go with?', required: false },
    ],
    pictures: [
      {
        drawing: 'menu-spread',
        variant: 0,
        title: 'Warda',
        alt: 'Two menu pages with dotted lines from dish to price, on a mustard ground',
      },
      {
        drawing: 'menu-table',
        variant: 1,
        title: 'Warda',
        alt: 'A single menu page on a dark green table, beside a cup of tea',
      },
      { drawing: 'menu-spread', variant: 2, title: 'Drinks', alt: 'The drinks pages of the same menu, on red' },
      { drawing: 'qr-card', variant: 0, alt: 'A table card with a QR code that opens the menu' },
    ],
    submittedDaysAgo: 322,
  },
  {
    key: 'poster-two-scripts',
    seller: 'noor',
    category: 'design-and-illustration',
    title: 'Poster or flyer in Arabic and English, both easy to read',
    description: prose`
      Most bilingual posters are an English poster with Arabic squeezed in afterwards. I start with both texts on the
      table, choose a pair of typefaces that stand at the same height, and let each script run in its own direction.

      Good for an opening, a concert, a class, a change of hours. You write what it should say, I write the second
      language if it is one of my two, and you get:

      - a PDF for the print shop, A5 up to A2
      - a square and an upright picture for your phone
      - the names and licences of the typefaces

      I use typefaces that are free to print. I do not copy brands, football clubs or film characters.`,
    tags: ['poster', 'flyer', 'Arabic', 'bilingual', 'event'],
    packages: [
      {
        tier: 'basic',
        title: 'Flyer',
        description: 'One side of A5 in both languages.',
        price: 3500,
        days: 3,
        revisions: 1,
        includes: ['Largest size: A5', 'Print-ready PDF with bleed', 'Pictures for the phone'],
      },
      {
        tier: 'standard',
        title: 'Poster',
        description: 'One poster up to A2, with a small flyer made from it.',
        price: 7000,
        days: 5,
        revisions: 2,
        includes: ['Largest size: A2', 'Print-ready PDF with bleed', 'Pictures for the phone', 'Flyer to match'],
      },
    ],
    extras: [
      {
        title: 'Sent within 24 hours of the brief, text changes only after',
        price: 3000,
        extraDays: 0,
        maxQuantity: 1,
      },
      { title: 'One more size of the same poster', price: 1000, extraDays: 1, maxQuantity: 4 },
    ],
    faq: [
      {
        question: 'Do you translate the text too?',
        answer: 'Up to 60 words between Arabic and English are part of the price. For more, see my translation gig.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'What must the poster say? Put the most important line first.', required: true },
      { kind: 'short_text', label: 'Where will it hang, and from how far do people read it?', required: true },
      {
        kind: 'many_choices',
        label: 'Which sizes do you need?',
        required: true,
        choices: ['A5', 'A4', 'A3', 'A2', 'Square for the phone'],
      },
    ],
    pictures: [
      {
        drawing: 'poster',
        variant: 0,
        title: 'Oud night',
        alt: 'A poster with a large moon over two lines of lettering',
      },
      {
        drawing: 'poster',
        variant: 1,
        title: 'Bazaar',
        alt: 'A poster with a striped awning over two lines of lettering',
      },
    ],
    submittedDaysAgo: 140,
  },
  {
    key: 'menu-translation',
    seller: 'noor',
    category: 'writing-and-translation',
    title: 'Menu or leaflet translated from English to Arabic',
    description: prose`
      Dish names that make sense to a reader in Amman or Dubai, not word for word. “Pulled jackfruit slider” is four
      decisions, and I explain each one in a short note so that your staff can answer questions.

      I translate:

      - menus, allergen lists and house rules
      - leaflets, opening hours, short web pages
      - labels, when the box is not too small for the truth

      The text comes back as a document with both languages side by side, and as plain text you can paste anywhere.
      I do not do contracts, medical papers or sworn translations.`,
    tags: ['Arabic', 'translation', 'menu', 'leaflet', 'localisation'],
    packages: [
      {
        tier: 'basic',
        title: 'Up to 150 words',
        description: 'A short menu, a leaflet or a label.',
        price: 2000,
        days: 2,
        revisions: 1,
        includes: ['Words: up to 150', 'Both languages side by side'],
      },
      {
        tier: 'standard',
        title: 'Up to 500 words',
        description: 'A full menu with descriptions, or a folded leaflet.',
        price: 5500,
        days: 4,
        revisions: 2,
        includes: ['Words: up to 500', 'Both languages side by side', 'Notes for your staff'],
      },
    ],
    extras: [{ title: 'Another 100 words', price: 1000, extraDays: 1, maxQuantity: 10 }],
    faq: [
      {
        question: 'Which Arabic do you write?',
        answer:
          'Modern Standard, the Arabic of newspapers and menus. Dialect only when you ask for it and it is short.',
      },
      {
        question: 'Can you set the translated text in my menu file?',
        answer: 'Yes, that is my other gig. Mention it and I will take what you paid for the translation into account.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Paste the English text', required: true },
      {
        kind: 'one_choice',
        label: 'Who will read it?',
        required: true,
        choices: ['Guests in the Levant', 'Guests in the Gulf', 'Arabic readers at home', 'Mixed'],
      },
    ],
    pictures: [{ drawing: 'two-letters', variant: 0, alt: 'The letters A and ain on two overlapping tiles' }],
    submittedDaysAgo: 300,
    ends: {
      as: 'published, with an edit in review',
      title: 'Menu, label or leaflet translated from English to Arabic',
    },
  },
  {
    key: 'shop-window-posters',
    seller: 'noor',
    category: 'design-and-illustration',
    title: 'Set of four posters for your shop window',
    description: prose`
      Four posters that belong together: one for each season, or one for each thing you sell best. Same grid, same two
      typefaces, four colours. You get each as a PDF with bleed, up to A2, and a file you can edit.`,
    tags: ['poster', 'shop window', 'print'],
    packages: [
      {
        tier: 'basic',
        title: 'Four posters',
        description: 'Four posters up to A2 from one grid.',
        price: 16000,
        days: 10,
        revisions: 2,
        includes: ['Largest size: A2', 'Print-ready PDF with bleed', 'File you can edit (Affinity or SVG)'],
      },
    ],
    extras: [],
    faq: [],
    questions: [{ kind: 'long_text', label: 'What do the four posters advertise?', required: true }],
    pictures: [{ drawing: 'poster', variant: 2, title: 'Season', alt: 'A poster with four coloured discs' }],
    submittedDaysAgo: 9,
    ends: {
      as: 'rejected',
      reason: 'The cover shows a brand that is not yours. Put your own work there and send it again.',
    },
  },
];
