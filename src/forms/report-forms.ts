import { z } from 'zod';
import { paragraphs, uuid } from './fields.ts';

export const closureForm = z.object({ outcome: paragraphs('what you decided', 1, 500) });

/** Nonsense in the address of a list or of a thread is ignored. */
export const reportFilter = z.object({
  tab: z.enum(['closed']).optional().catch(undefined),
  after: uuid.optional().catch(undefined),
});
export const threadPage = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });
