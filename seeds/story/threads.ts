interface OfferStory {
  daysAgo: number;
  title: string;
  description: string;
  /** In cents. */
  price: number;
  days: number;
  revisions: number;
}

interface ThreadStory {
  gig: string;
  buyer: string;
  messages: { daysAgo: number; by: 'buyer' | 'seller'; body: string }[];
  offer?: OfferStory;
  report?: { daysAgo: number; by: 'buyer' | 'seller'; reason: string };
}

export const threads: ThreadStory[] = [
  {
    gig: 'cafe-menu',
    buyer: 'grace',
    messages: [
      {
        daysAgo: 0.09,
        by: 'buyer',
        body: 'Can you do A3? It is a price list for a market stall, read from two steps away.',
      },
    ],
  },
  {
    gig: 'drinks-board',
    buyer: 'ada',
    messages: [
      { daysAgo: 83.2, by: 'buyer', body: 'The wall is brick, painted white. Does lettering hold on that?' },
      {
        daysAgo: 83,
        by: 'seller',
        body: 'Painted brick is fine if the letters are at least 4 cm high. Send me the width and I tell you how many lines fit.',
      },
      { daysAgo: 82.8, by: 'buyer', body: '1.80 m wide, 1.20 m high.' },
    ],
  },
  {
    gig: 'subtitles',
    buyer: 'maribel',
    messages: [
      {
        daysAgo: 2.3,
        by: 'buyer',
        body: 'My next episode has a film of fourteen minutes. Do you take two orders or one with an extra?',
      },
      {
        daysAgo: 2.1,
        by: 'seller',
        body: 'One order with the extra for five more minutes. You only pay for the started five.',
      },
    ],
    offer: {
      daysAgo: 1.9,
      title: 'Subtitles for a film of fourteen minutes',
      description: 'The whole film in one go:\n\n- timed by hand\n- one file for the web, one for the festival',
      price: 9_000,
      days: 4,
      revisions: 2,
    },
  },
  {
    gig: 'jar-labels',
    buyer: 'pawel',
    messages: [
      {
        daysAgo: 1.4,
        by: 'buyer',
        body: 'A label for the jam that waits for my guests: cash, when you are in town on Saturday. Then neither of us pays a fee.',
      },
      { daysAgo: 1.3, by: 'seller', body: 'I work through GigFlow only. “Front label” is the package for that.' },
      { daysAgo: 1.1, by: 'buyer', body: 'Everybody does it. I will come by on Saturday anyway.' },
    ],
    report: {
      daysAgo: 1,
      by: 'seller',
      reason: 'He wants to pay in cash outside GigFlow and goes on about it after I said no.',
    },
  },
];

/** Who has saved which gigs for later. */
export const favourites: Record<string, string[]> = {
  ada: ['ink-drawings', 'kitchen-sheet', 'subtitles', 'jar-labels'],
  konstantinos: ['cafe-menu', 'dish-photos'],
  grace: ['jar-labels', 'product-texts'],
};
