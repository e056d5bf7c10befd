import type { OrderStory } from './types.ts';

const wardaBrief = {
  'What is your café called?': 'Warda',
  'Send the list of dishes and prices':
    'Mezze: hummus 5.50, moutabal 6.00, labneh with za’atar 5.00, tabbouleh 6.50.\nMain: maqluba 14.00, musakhan 13.50, freekeh with mushrooms 12.50.\nSweet: knafeh 6.50, muhallabia 5.00.\nDrinks: mint tea 3.00, cardamom coffee 3.50, tamarind 4.00.',
  'Which size does your printer use?': 'A4, folded once',
};

/** Noor's open book: an order in every state. */
export const orders: OrderStory[] = [
  {
    key: 'winter-menu',
    gig: 'cafe-menu',
    tier: 'basic',
    buyer: 'ada',
    extras: { 'Table card with the wifi password': 2 },
    placedDaysAgo: 0.6,
    acts: [
      {
        daysAgo: 0.5,
        does: 'message',
        by: 'seller',
        body: 'Thank you, Ada. Send me the winter dishes when you have them, a photo of your notebook is fine.',
      },
    ],
  },
  {
    key: 'kafe-lindqvist',
    gig: 'cafe-menu',
    tier: 'basic',
    buyer: 'konstantinos',
    placedDaysAgo: 1.64,
    acts: [
      {
        daysAgo: 1.6,
        does: 'brief',
        answers: {
          'What is your café called?': 'Kafé Lindqvist',
          'Send the list of dishes and prices':
            'Kardemummabulle 38, kanelbulle 36, semla 52, smörgås med ägg 65, dagens soppa 110, bryggkaffe 32, te 30. Prices in kronor.',
          'Which size does your printer use?': 'A4, folded once',
        },
      },
      {
        daysAgo: 0.3,
        does: 'draft',
        message: 'Here is the one-page menu. Please check the spelling of the Swedish dishes',
      },
    ],
  },
  {
    key: 'harbour-day-poster',
    gig: 'poster-two-scripts',
    tier: 'standard',
    buyer: 'ada',
    placedDaysAgo: 5.1,
    acts: [
      {
        daysAgo: 4.74,
        does: 'brief',
        answers: {
          'What must the poster say? Put the most important line first.':
            'Harbour day at Warda. Saturday from noon, mint tea on the house, oud at four.',
          'Where will it hang, and from how far do people read it?':
            'In our window, read from the other side of the street',
          'Which sizes do you need?': ['A3', 'Square for the phone'],
        },
      },
      { daysAgo: 3.2, does: 'message', by: 'buyer', body: 'Could the oud player’s name stand on it too? Samir Aziz.' },
      {
        daysAgo: 3.1,
        does: 'message',
        by: 'seller',
        body: 'Yes, there is room under the time. I add him in both scripts.',
      },
    ],
  },
  {
    key: 'folded-menu',
    gig: 'cafe-menu',
    tier: 'standard',
    buyer: 'ada',
    extras: { 'Second language': 1 },
    placedDaysAgo: 7.2,
    acts: [
      {
        daysAgo: 5.2,
        does: 'brief',
        answers: { ...wardaBrief, 'Colours or a logo to go with?': 'Mustard yellow and brick red, as on our door' },
      },
      {
        daysAgo: 4.3,
        does: 'message',
        by: 'buyer',
        body: 'Our printer asks for 3 mm bleed. Is that in the PDF already?',
      },
      {
        daysAgo: 4.23,
        does: 'message',
        by: 'seller',
        body: 'Yes, 3 mm on all sides. I also leave 8 mm free at the fold.',
      },
      {
        daysAgo: 0.7,
        does: 'deliver',
        message:
          'Here is the folded menu in English and Arabic. Prices line up on the fold, so please check the Arabic side with the drinks list. The editable file is included; open it in Affinity or Inkscape.',
        files: [
          {
            name: 'warda-menu-print-a4-folded-with-bleed.pdf',
            drawing: { drawing: 'menu-spread', variant: 0, title: 'Warda', alt: '' },
          },
          { name: 'warda-menu-editable.svg', drawing: { drawing: 'menu-spread', variant: 0, title: 'Warda', alt: '' } },
          { name: 'warda-menu-whatsapp.jpg', drawing: { drawing: 'menu-table', variant: 1, title: 'Warda', alt: '' } },
        ],
      },
      { daysAgo: 0.67, does: 'message', by: 'buyer', body: 'Got it, looking this weekend. Thank you!' },
    ],
  },
  {
    key: 'allergen-leaflet',
    gig: 'menu-translation',
    tier: 'standard',
    buyer: 'ada',
    placedDaysAgo: 6.5,
    acts: [
      {
        daysAgo: 6.3,
        does: 'brief',
        answers: {
          'Paste the English text':
            'All dishes are cooked in one kitchen where nuts, sesame, wheat and dairy are used. Ask us before you order; we would rather answer twice than be wrong once.',
          'Who will read it?': 'Mixed',
        },
      },
      {
        daysAgo: 3.4,
        does: 'deliver',
        message:
          'Both languages side by side, with three notes for your staff. “Sesame” stands in bold because people look for it.',
        links: ['https://docs.example.org/warda/allergens-en-ar'],
      },
      {
        daysAgo: 0.9,
        does: 'request_revision',
        reason:
          'Please use the everyday word for dairy, my guests did not know the formal one.\nAnd “one kitchen” should be the first sentence.',
      },
    ],
  },
  {
    key: 'opening-flyer',
    gig: 'poster-two-scripts',
    tier: 'basic',
    buyer: 'ada',
    placedDaysAgo: 9,
    acts: [
      {
        daysAgo: 8.6,
        does: 'brief',
        answers: {
          'What must the poster say? Put the most important line first.': 'New hours: Tuesday to Sunday, eight to six.',
          'Where will it hang, and from how far do people read it?': 'On the tables, in the hand',
          'Which sizes do you need?': ['A5'],
        },
      },
      {
        daysAgo: 6.1,
        does: 'deliver',
        message: 'The flyer in both scripts, with the pictures for your phone in the same folder.',
        files: [{ name: 'warda-hours-a5.pdf', drawing: { drawing: 'poster', variant: 1, title: 'Open', alt: '' } }],
      },
      { daysAgo: 5.2, does: 'accept_delivery' },
      { daysAgo: 4.9, does: 'review', by: 'seller', rating: 5, body: 'Short brief, quick answer. As always.' },
    ],
  },
  {
    key: 'summer-terrace',
    gig: 'cafe-menu',
    tier: 'premium',
    buyer: 'ada',
    placedDaysAgo: 3.4,
    acts: [
      {
        daysAgo: 3.2,
        does: 'brief',
        answers: { ...wardaBrief, 'Which size does your printer use?': 'I do not know yet' },
      },
      {
        daysAgo: 0.8,
        does: 'request_cancellation',
        by: 'buyer',
        reason:
          'The council has not given us the terrace this year, so there will be no terrace menu. I am sorry for the work you have begun.',
      },
    ],
  },
  {
    key: 'bulk-translation',
    gig: 'menu-translation',
    tier: 'standard',
    buyer: 'ada',
    placedDaysAgo: 26,
    acts: [
      {
        daysAgo: 25.7,
        does: 'brief',
        answers: {
          'Paste the English text': 'Lease for the rooms above the café, eleven pages, attached as a link.',
          'Who will read it?': 'Arabic readers at home',
        },
      },
      {
        daysAgo: 25.2,
        does: 'request_cancellation',
        by: 'seller',
        reason:
          'This is a contract, and I do not translate contracts: you need a sworn translator. I give you the money back and a name to ask.',
      },
      { daysAgo: 24.9, does: 'accept_cancellation', by: 'buyer' },
    ],
  },
  {
    key: 'catering-list',
    gig: 'cafe-menu',
    tier: 'standard',
    buyer: 'ada',
    placedDaysAgo: 12,
    acts: [
      { daysAgo: 11.5, does: 'brief', answers: wardaBrief },
      {
        daysAgo: 7.1,
        does: 'deliver',
        message: 'The catering list on four pages. Prices are per ten guests, as you wrote.',
        files: [
          {
            name: 'warda-catering.pdf',
            drawing: { drawing: 'menu-spread', variant: 2, title: 'Feast/Prices', alt: '' },
          },
        ],
      },
      {
        daysAgo: 6.4,
        does: 'request_revision',
        reason: 'Prices should be per guest. I wrote “per ten” only for the tea.',
      },
      {
        daysAgo: 4.6,
        does: 'deliver',
        message: 'Prices are per guest now, except for the tea.',
        files: [
          {
            name: 'warda-catering-2.pdf',
            drawing: { drawing: 'menu-spread', variant: 2, title: 'Feast/Prices', alt: '' },
          },
        ],
      },
      {
        daysAgo: 2.1,
        does: 'open_dispute',
        by: 'buyer',
        reason:
          'Two hundred copies are printed and the main courses still show the price for ten. Noor says the file was right, I say it was not.',
      },
      {
        daysAgo: 1.6,
        does: 'statement',
        by: 'seller',
        body: 'The second file shows prices per guest on every page. I think the first one went to the printer. I am happy to look at the file they used.',
      },
    ],
  },
  {
    key: 'anniversary-set',
    gig: 'cafe-menu',
    tier: 'basic',
    buyer: 'ada',
    placedDaysAgo: 78,
    acts: [
      { daysAgo: 77.6, does: 'brief', answers: wardaBrief },
      {
        daysAgo: 75.2,
        does: 'deliver',
        message: 'The anniversary menu on one page.',
        links: ['https://files.example.org/warda/anniversary.pdf'],
      },
      {
        daysAgo: 73.9,
        does: 'open_dispute',
        by: 'buyer',
        reason: 'The link opens an empty page, and our evening is tomorrow.',
      },
      {
        daysAgo: 73.7,
        does: 'statement',
        by: 'seller',
        body: 'The upload failed and I was on a flight. Ada is right: she got nothing she could print in time.',
      },
      {
        daysAgo: 73.5,
        does: 'resolve_refund',
        reason: 'Nothing usable arrived before the event, and both sides agree on that.',
      },
    ],
  },
];
