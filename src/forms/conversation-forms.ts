import { z } from 'zod';
import { paragraphs, uuid } from './fields.ts';

export const enquiryForm = z.object({
  gig: uuid,
  body: paragraphs('your question', 1, 5_000),
  form_key: uuid.optional(),
});
export const replyForm = z.object({ body: paragraphs('a message', 1, 5_000), form_key: uuid.optional() });
export const reportForm = z.object({ reason: paragraphs('what is wrong', 1, 2_000) });
