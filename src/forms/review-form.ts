import { z } from 'zod';
import { paragraphs, wholeNumber } from './fields.ts';

/** The revision that the admin saw. */
export const approvalForm = z.object({ revision: wholeNumber('the change', 1, 1_000_000) });

export const rejectionForm = approvalForm.extend({ reason: paragraphs('the reason', 3, 2000) });
