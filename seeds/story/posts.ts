import { prose } from './prose.ts';

interface PostStory {
  seller: string;
  title: string;
  teaser: string;
  body: string;
  price: number;
  publishedDaysAgo: number;
}

export const posts: PostStory[] = [
  {
    seller: 'noor',
    title: 'The checklist I go through before a menu goes to print',
    teaser:
      'Twenty-two lines, each of them there because something once went wrong: bleed, fold, prices, the phone number.',
    price: 500,
    publishedDaysAgo: 45,
    body: prose`
      Print this and take a pencil. It takes twelve minutes and has saved me, so far, three reprints.

      Before you open the file:

      - Is the price list the one from this week? Ask for the date.
      - Which paper, which weight, coated or not? Uncoated paper drinks ink: lighten photos a little.
      - Who folds it? A machine fold needs the inner panel 1 mm narrower than the outer ones.

      In the file:

      - 3 mm bleed on every side, and nothing that matters within 5 mm of the edge.
      - 8 mm free on both sides of a fold.
      - Black text is black only, not four colours on top of each other.
      - Every price has the same number of decimals, and all decimals stand under each other.
      - The allergen line is at least 8 points. People who need it are often people who cannot read 6.
      - Search for two spaces, for “lorem” and for the name of the last café you worked for.

      On paper:

      - Print it on the office printer, at full size, and fold it.
      - Give it to somebody who has never seen it and ask for the cheapest lunch. Time it.
      - Read the phone number aloud from the paper, and have someone dial it.

      Then send it, and do not look at it again until tomorrow.`,
  },
  {
    seller: 'noor',
    title: 'Arabic and Latin on one page: five pairs of free typefaces',
    teaser: 'Pairs that stand at the same height and weight, where to get them, and the size to set each at.',
    price: 700,
    publishedDaysAgo: 20,
    body: prose`
      Two scripts look like neighbours when their letters seem equally tall and equally dark. That is rarely the same
      point size. These pairs are free to print; look at the licence for use inside an app.

      - Amiri with EB Garamond. Set Amiri about a fifth larger. For menus with a history.
      - IBM Plex Sans Arabic with IBM Plex Sans. Drawn together, same size, nothing to do.
      - Noto Naskh Arabic with Noto Serif. Plain and complete; set the Arabic a tenth larger.
      - Cairo with Titillium Web. For posters; use the heavier weights only.
      - Lateef with Gentium. For long text; Lateef needs half as much again.

      How to check: set one line of each, squint until you cannot read, and compare the grey.`,
  },
];
