import { z } from 'zod';
import { paragraphs, uuid } from './fields.ts';

/** A message may be a file alone. @param what it is called when it is missing */
export const sentForm = (what: 'a message' | 'your question', files = 0) =>
  z.object({ body: paragraphs(what, files > 0 ? 0 : 1, 5_000), form_key: uuid.optional() });
export const reportForm = z.object({ reason: paragraphs('what is wrong', 1, 2_000) });
