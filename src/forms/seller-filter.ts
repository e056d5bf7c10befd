import { z } from 'zod';
import { uuid } from './fields.ts';

export const KYC_STATUSES = ['not_started', 'pending', 'action_required', 'verified', 'rejected', 'disabled'] as const;

/** Nonsense in the address of a list is ignored. */
export const sellerFilter = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  kyc: z.enum(KYC_STATUSES).optional().catch(undefined),
  after: uuid.optional().catch(undefined),
});
