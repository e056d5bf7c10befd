import { z } from 'zod';
import { paragraphs, uuid } from './fields.ts';

export const suspensionForm = z.object({ reason: paragraphs('a reason', 5, 500) });

/** Nonsense in the address of a list is ignored. */
export const userFilter = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  only: z.enum(['suspended', 'admins']).optional().catch(undefined),
  after: uuid.optional().catch(undefined),
});

export const auditFilter = z.object({
  action: z
    .string()
    .trim()
    .regex(/^[a-z.-]{1,60}$/)
    .optional()
    .catch(undefined),
  person: z
    .string()
    .trim()
    .regex(/^[\w-]{1,40}$/)
    .optional()
    .catch(undefined),
  before: z.iso.datetime().optional().catch(undefined),
});
