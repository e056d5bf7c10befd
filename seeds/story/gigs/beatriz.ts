import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByBeatriz: GigStory[] = [
  {
    key: 'product-photos',
    seller: 'beatriz',
    category: 'photo-editing',
    title: 'Ten product photos cut out and colour corrected',
    description: prose`
      White or transparent background, straight shadows, web and print sizes.

      I cut each photo by hand with a path, so that the neck of a bottle stays round and hair stays hair. Colours are
      matched to a photo of the real thing beside a sheet of white paper; I tell you how to take that one.

      Sharp photos from a phone are fine. What is out of focus stays out of focus. Suits market places, printed price
      lists and menus.`,
    tags: ['product photos', 'cut-out', 'white background', 'colour correction', 'shop'],
    packages: [
      {
        tier: 'basic',
        title: 'Ten photos',
        description: 'Cut out on white or transparent.',
        price: 1500,
        days: 1,
        revisions: 1,
        includes: ['Photos: 10', 'White or transparent'],
      },
      {
        tier: 'standard',
        title: 'Thirty photos',
        description: 'Cut out and colour matched, in two sizes.',
        price: 3900,
        days: 2,
        revisions: 1,
        includes: ['Photos: 30', 'White or transparent', 'Web and print sizes'],
      },
      {
        tier: 'premium',
        title: 'A hundred photos',
        description: 'A whole catalogue in one look.',
        price: 11000,
        days: 5,
        revisions: 2,
        includes: ['Photos: 100', 'White or transparent', 'Web and print sizes', 'Natural shadow'],
      },
    ],
    extras: [
      { title: 'Ten more photos', price: 1300, extraDays: 0, maxQuantity: 20 },
      { title: 'Dust, scratches and price stickers removed, per ten', price: 1000, extraDays: 1, maxQuantity: 10 },
    ],
    faq: [
      {
        question: 'Do you cut out jewellery and lace?',
        answer: 'Yes, but count each as two photos. They take twice as long.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'Link to the photos', required: true },
      { kind: 'one_choice', label: 'Background', required: true, choices: ['White', 'Transparent', 'Both'] },
      { kind: 'long_text', label: 'Where will they be used, and at what size?', required: false },
    ],
    pictures: [
      {
        drawing: 'bottle-split',
        variant: 0,
        alt: 'A bottle, dull on the left of a line and clean on white on the right',
      },
      { drawing: 'bottle-split', variant: 1, alt: 'A soap dish before and after, divided by a line' },
    ],
    submittedDaysAgo: 355,
  },
  {
    key: 'photo-restoration',
    seller: 'beatriz',
    category: 'photo-editing',
    title: 'Torn or faded family photo restored by hand',
    description: prose`
      I close the tear, take out the stains and bring back what the paper still remembers. A face I rebuild only from
      other photos of the same person; I do not let a program invent one.

      Send a scan at 600 dpi or a photo taken flat by a window. If the picture is too small or too damaged, I say so
      before I begin and you cancel without cost.

      You get the restored picture for print and a smaller one to send around, with the untouched scan kept apart.`,
    tags: ['restoration', 'old photo', 'family', 'scratches', 'retouching'],
    packages: [
      {
        tier: 'basic',
        title: 'Faded or stained',
        description: 'One photo without missing parts.',
        price: 2500,
        days: 3,
        revisions: 1,
        includes: ['Photos: 1', 'Print and screen sizes'],
      },
      {
        tier: 'standard',
        title: 'Torn or missing parts',
        description: 'One photo with tears, creases or lost corners.',
        price: 5500,
        days: 5,
        revisions: 2,
        includes: ['Photos: 1', 'Print and screen sizes', 'Tears and lost parts'],
      },
    ],
    extras: [
      { title: 'One more photo from the same album', price: 2000, extraDays: 1, maxQuantity: 10 },
      { title: 'Coloured by hand', price: 2500, extraDays: 2, maxQuantity: 5 },
    ],
    faq: [
      { question: 'Will people look different?', answer: 'No. I would rather leave a scratch than change a mouth.' },
    ],
    questions: [
      { kind: 'long_text', label: 'Who is in the picture, and when was it taken?', required: true },
      { kind: 'short_text', label: 'Colour of eyes, hair and clothes, if you want it coloured', required: false },
    ],
    pictures: [{ drawing: 'old-photo', variant: 0, alt: 'An old portrait with a tear that stops halfway down' }],
    submittedDaysAgo: 255,
  },
  {
    key: 'dish-photos',
    seller: 'beatriz',
    category: 'photo-editing',
    title: 'Dish photos brightened and evened out for delivery apps',
    description: prose`
      Kitchens have yellow light and no time. I take your phone photos, make white plates white, bring all dishes to
      the same angle and crop, and leave the food looking like the food you serve.

      I do not add steam, herbs or a second piece of chicken: guests notice.

      Sizes for the common delivery apps and for your own menu.`,
    tags: ['food photos', 'delivery', 'restaurant', 'colour correction'],
    packages: [
      {
        tier: 'basic',
        title: 'Twelve dishes',
        description: 'Same crop, same light.',
        price: 2400,
        days: 2,
        revisions: 1,
        includes: ['Dishes: 12', 'Sizes for delivery apps'],
      },
      {
        tier: 'standard',
        title: 'Forty dishes',
        description: 'The whole menu in one look.',
        price: 6800,
        days: 4,
        revisions: 1,
        includes: ['Dishes: 40', 'Sizes for delivery apps', 'Print size for the menu'],
      },
    ],
    extras: [{ title: 'Background made plain', price: 1200, extraDays: 1, maxQuantity: 4 }],
    faq: [],
    questions: [
      { kind: 'short_text', label: 'Link to the photos', required: true },
      { kind: 'short_text', label: 'Which apps do you use?', required: false },
    ],
    pictures: [
      { drawing: 'plate', variant: 0, alt: 'A plate seen from above, half in yellow light and half in white' },
    ],
    submittedDaysAgo: 110,
  },
];
