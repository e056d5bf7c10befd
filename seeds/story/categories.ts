import type { CategoryStory } from './types.ts';

export const categories: CategoryStory[] = [
  {
    slug: 'design-and-illustration',
    name: 'Design and illustration',
    examples: 'Menus and price lists, Logos, Book covers',
  },
  { slug: 'programming', name: 'Programming', examples: 'Bug fixes, Small websites, Scripts' },
  {
    slug: 'writing-and-translation',
    name: 'Writing and translation',
    examples: 'Arabic, Proofreading, Product texts',
  },
  {
    slug: 'data-and-spreadsheets',
    name: 'Data and spreadsheets',
    examples: 'Stock and cost sheets, Clean-up, Charts',
  },
  { slug: 'audio-and-music', name: 'Audio and music', examples: 'Podcast editing, Jingles' },
  { slug: 'video-and-animation', name: 'Video and animation', examples: 'Subtitles, Short cuts' },
  { slug: 'photo-editing', name: 'Photo editing', examples: 'Cut-outs, Restoring old photos' },
  { slug: 'plans-and-drawings', name: 'Plans and drawings', examples: 'Floor plans, Technical drawings' },
];
