import { z } from 'zod';
import { line, money, paragraphs } from './fields.ts';

/** A paid post as its author types it; the price comes out in cents. */
export const postForm = z.object({
  title: line('a title', 3, 120),
  teaser: paragraphs('what everybody can read', 20, 500),
  price: money('the price', 500, 1_000_000),
  body: paragraphs('the text', 50, 50_000),
});
