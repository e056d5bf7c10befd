import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByTeodora: GigStory[] = [
  {
    key: 'drinks-board',
    seller: 'teodora',
    category: 'design-and-illustration',
    title: 'Wall menu or drinks board, drawn by hand and sent as a print file',
    description: prose`
      Lettering drawn for your wall or A-board. I paint it with a brush on paper, scan it, and turn it into one clean
      vector file up to 2 m wide. A sign painter can trace it, a plotter can cut it, a print shop can print it.

      What makes a board readable from the door:

      - three sizes of letters, not seven
      - prices in one column
      - room to add a dish by hand in the same style

      For that last point you get a sheet with the full alphabet and figures as I drew them for you.`,
    tags: ['lettering', 'menu', 'drinks board', 'chalkboard', 'sign'],
    packages: [
      {
        tier: 'basic',
        title: 'Drinks board',
        description: 'Up to 20 lines of drinks and prices.',
        price: 9000,
        days: 7,
        revisions: 1,
        includes: ['Lines: up to 20', 'Vector file up to 2 m wide'],
      },
      {
        tier: 'standard',
        title: 'Board with drawings',
        description: 'Up to 30 lines and three small drawings that fit your place.',
        price: 14000,
        days: 10,
        revisions: 2,
        includes: ['Lines: up to 30', 'Vector file up to 2 m wide', 'Three small drawings', 'Alphabet sheet'],
      },
    ],
    extras: [
      { title: 'One more small drawing', price: 1500, extraDays: 1, maxQuantity: 6 },
      { title: 'Second board in the same style', price: 6000, extraDays: 4, maxQuantity: 2 },
    ],
    faq: [
      {
        question: 'White on black or black on white?',
        answer: 'Both. The file has two layers and either can be printed. Chalk paint likes white on black.',
      },
      {
        question: 'Do you write Cyrillic?',
        answer: 'Yes, and Latin with all its accents. Greek too, more slowly.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'All lines with prices, in the order you want them', required: true },
      { kind: 'short_text', label: 'Width and height of the wall or board', required: true },
      {
        kind: 'one_choice',
        label: 'How will it be made?',
        required: true,
        choices: ['Printed', 'Cut from vinyl', 'Painted by hand', 'Not decided'],
      },
    ],
    pictures: [
      {
        drawing: 'menu-spread',
        variant: 3,
        title: 'Drinks/Food',
        alt: 'Two lettered boards side by side on brick red',
      },
      { drawing: 'menu-table', variant: 2, title: 'Board', alt: 'One lettered board on a dark ground' },
    ],
    submittedDaysAgo: 280,
  },
  {
    key: 'sketch-logo',
    seller: 'teodora',
    category: 'design-and-illustration',
    title: 'Logo drawn from your own sketch, in black and one colour',
    description: prose`
      You have drawn it on a napkin, and it is nearly right. I keep what is good about the napkin, correct the curves
      and the weight, and make it work at the size of a stamp and of a shop sign.

      First you see three pencil versions on one sheet. You choose one, and I draw that one properly. There is no
      fourth pencil version: choosing is the hard part and I help you with it.

      You get SVG, PDF and PNG, in black, in white and in one colour, with a half-page note on how small it may be
      printed.`,
    tags: ['logo', 'lettering', 'brand', 'vector'],
    packages: [
      {
        tier: 'basic',
        title: 'Cleaned sketch',
        description: 'Your sketch redrawn, one version.',
        price: 6000,
        days: 4,
        revisions: 1,
        includes: ['Pencil versions: 1', 'SVG, PDF and PNG'],
      },
      {
        tier: 'standard',
        title: 'Three ways, one logo',
        description: 'Three pencil versions, the chosen one drawn out.',
        price: 12000,
        days: 8,
        revisions: 2,
        includes: ['Pencil versions: 3', 'SVG, PDF and PNG', 'Note on sizes and colours'],
      },
      {
        tier: 'premium',
        title: 'Logo and shop sign',
        description: 'As standard, with a layout for a sign, a stamp and a bag.',
        price: 21000,
        days: 12,
        revisions: 3,
        includes: ['Pencil versions: 3', 'SVG, PDF and PNG', 'Note on sizes and colours', 'Sign, stamp and bag'],
      },
    ],
    extras: [{ title: 'The name in a second script', price: 3500, extraDays: 2, maxQuantity: 2 }],
    faq: [
      {
        question: 'I have no sketch',
        answer: 'Then draw one, badly, in two minutes. A bad sketch tells me more than a page of adjectives.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'The exact name, with capitals as you want them', required: true },
      { kind: 'long_text', label: 'Describe your sketch and what you like about it', required: true },
      { kind: 'short_text', label: 'Where will people see it most often?', required: false },
    ],
    pictures: [{ drawing: 'logo-sketch', variant: 0, alt: 'A pencil sketch of a sprout becoming a clean mark' }],
    submittedDaysAgo: 170,
  },
  {
    key: 'jar-labels',
    seller: 'teodora',
    category: 'design-and-illustration',
    title: 'Labels for jars, bottles or soap, set to your printer’s template',
    description: prose`
      A label has to say what is inside, how much of it, who made it and until when it is good, and still look like
      something you want to hold. I draw the front and set the small print on the back, to the template your label
      printer gives you.

      I know the size rules for food labels in the EU and will ask you for what is missing. The legal check stays
      yours.

      For a range of flavours I keep the drawing and change colour and name: that is the extra below and costs much
      less than a second label.`,
    tags: ['label', 'packaging', 'jar', 'soap', 'bottle'],
    packages: [
      {
        tier: 'basic',
        title: 'Front label',
        description: 'One front label, lettering only.',
        price: 5500,
        days: 5,
        revisions: 1,
        includes: ['Sides: front', 'Print-ready PDF to your template'],
      },
      {
        tier: 'standard',
        title: 'Front and back',
        description: 'Front with a drawing, back with all the small print.',
        price: 9800,
        days: 7,
        revisions: 2,
        includes: ['Sides: front and back', 'Print-ready PDF to your template', 'One drawing'],
      },
    ],
    extras: [{ title: 'Another flavour from the same label', price: 1200, extraDays: 1, maxQuantity: 12 }],
    faq: [
      {
        question: 'I do not have a printer yet',
        answer: 'I set it to a common size (70 x 50 mm or 90 x 60 mm) and you ask a printer with that in hand.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'Every word that must be on the label', required: true },
      { kind: 'short_text', label: 'Size of the label in millimetres', required: true },
      {
        kind: 'one_choice',
        label: 'What does it stick on?',
        required: true,
        choices: ['Glass jar', 'Bottle', 'Paper wrap', 'Tin'],
      },
    ],
    pictures: [{ drawing: 'jars', variant: 0, alt: 'Three labelled jars on a shelf' }],
    submittedDaysAgo: 70,
  },
];
