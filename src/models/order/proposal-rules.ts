import { clock } from '../../clock.ts';
import type { Proposal, ProposalKind } from './proposals.ts';

const ASKED_AT_MOST = 2;
const REST = 48 * 3_600_000;

/**
 * Why this side cannot propose this now; null when it can. The database asks again, with the order locked (product.md
 * section 5: one open per kind; each side asks to cancel twice, not within 48 hours of a decline or withdrawal).
 */
export function proposalBlocked(proposals: Proposal[], kind: ProposalKind, role: 'buyer' | 'seller'): string | null {
  const same = proposals.filter((proposal) => proposal.kind === kind);
  if (same.some(({ status }) => status === 'open')) return 'A proposal of this kind is open already.';
  if (kind !== 'cancellation') return null;
  const own = same.filter(({ by_role }) => by_role === role);
  if (own.length >= ASKED_AT_MOST) return 'You have asked to cancel twice already.';
  const rests = own.some(
    ({ status, answered_at: at }) =>
      (status === 'declined' || status === 'withdrawn') && at !== null && at.getTime() > clock.now().getTime() - REST,
  );
  return rests ? 'You can ask to cancel again 48 hours after the last answer.' : null;
}
