import { clock } from '../clock.ts';
import { NotFound } from '../errors.ts';
import type { Connection } from './connection.ts';
import { centsFromWhop } from './money.ts';
import { DISPUTE_CLOSED } from './payment.ts';

/** A bank's dispute in GigFlow's words (contract 5.2). */
export interface WhopDispute {
  id: string;
  paymentId: string | null;
  /** Whop's own word. */
  status: string;
  outcome: 'open' | 'won' | 'lost' | 'closed';
  amountCents: number;
  reason: string;
  evidenceDueAt: string | null;
  askedAt: Date;
}

export interface Evidence {
  customerName: string | null;
  customerEmail: string | null;
  productDescription: string;
  serviceDate: string | null;
  /** The order's whole record as text. */
  record: string;
}

export interface Disputes {
  /** Null when Whop does not know it (yet). */
  readDispute(disputeId: string): Promise<WhopDispute | null>;
  /** Disputes of a seller, newest first. */
  disputeIdsOf(companyId: string): Promise<string[]>;
  /** Replaces the evidence of a dispute and hands it to the bank; what was handed in once cannot be changed. */
  sendEvidence(disputeId: string, evidence: Evidence): Promise<void>;
}

interface Answer {
  id: string;
  status?: string | null;
  amount?: unknown;
  reason?: string | null;
  needs_response_by?: string | null;
  evidence_due_at?: string | null;
  payment?: { id?: string } | null;
  payment_id?: string | null;
}

const OUTCOMES: Record<string, WhopDispute['outcome']> = {
  won: 'won',
  lost: 'lost',
  closed: 'closed',
  warning_closed: 'closed',
};

/** Whop takes up to 20,000 characters per text. */
const LONGEST = 19_000;

export function disputes({ sdk, ask }: Connection): Disputes {
  return {
    readDispute: async (disputeId) => {
      const askedAt = clock.now();
      try {
        return disputeFrom(await ask('disputes.retrieve', () => sdk.disputes.retrieve(disputeId)), askedAt);
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },

    disputeIdsOf: async (companyId) => {
      const page = await ask('disputes.list', () => sdk.disputes.list({ company_id: companyId, first: 100 }));
      return page.data.map(({ id }) => id);
    },

    sendEvidence: async (disputeId, evidence) => {
      await ask('disputes.updateEvidence', () =>
        sdk.disputes.updateEvidence(disputeId, {
          customer_name: evidence.customerName,
          customer_email_address: evidence.customerEmail,
          product_description: evidence.productDescription,
          service_date: evidence.serviceDate,
          notes: evidence.record.slice(0, LONGEST),
        }),
      );
      await ask('disputes.submitEvidence', () => sdk.disputes.submitEvidence(disputeId));
    },
  };
}

function disputeFrom(answer: unknown, askedAt: Date): WhopDispute {
  const dispute = answer as Answer;
  const status = dispute.status ?? 'other';
  return {
    id: dispute.id,
    paymentId: dispute.payment?.id ?? dispute.payment_id ?? null,
    status,
    outcome: DISPUTE_CLOSED.includes(status) ? OUTCOMES[status]! : 'open',
    amountCents: centsFromWhop(dispute.amount) ?? 0,
    reason: dispute.reason ?? '',
    evidenceDueAt: dispute.needs_response_by ?? dispute.evidence_due_at ?? null,
    askedAt,
  };
}
