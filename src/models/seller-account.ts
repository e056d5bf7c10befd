import { clock } from '../clock.ts';
import type { Database, Transaction } from '../database.ts';
import { NotFound, WhopFailure } from '../errors.ts';
import type { Services } from '../services.ts';
import type { WhopEvent } from '../whop/events.ts';
import { kycReferencesIn, type Kyc, type KycStatus } from '../whop/kyc.ts';

export interface SellerAccount {
  user_id: string;
  company_title: string;
  country: string;
  whop_company_id: string | null;
  company_attempt: number;
  company_claimed_at: Date | null;
  kyc_status: KycStatus;
  kyc_checked_at: Date | null;
  payout_enabled: boolean;
  payout_method_seen_at: Date | null;
  whop_references: string[];
  away_until: Date | null;
  max_active_orders: number;
}

/** What Whop said about a seller's identity, and when it was asked. */
export interface KycReading {
  userId: string;
  kyc: Kyc;
  /** Whether Whop knows where his money should go; null when that could not be read or does not matter yet. */
  hasPayoutMethod: boolean | null;
  askedAt: Date;
}

export const findSeller = (trx: Transaction, userId: string): Promise<SellerAccount | undefined> =>
  trx<SellerAccount>('seller_accounts').where({ user_id: userId }).first();

/**
 * Re-reads the identity check at Whop and stores what it says (contract 3.4).
 * @returns null when the person has no company at Whop yet
 * @throws WhopFailure when Whop does not answer; what is stored stays
 */
export async function syncKyc(services: Services, userId: string): Promise<KycStatus | null> {
  const account = await services.database.withSystem('onboarding', (trx) => findSeller(trx, userId));
  if (!account?.whop_company_id) return null;
  const reading = await readKyc(services, { user_id: userId, whop_company_id: account.whop_company_id });
  await services.database.withSystem('onboarding', (trx) => storeKyc(trx, reading));
  return reading.kyc.status;
}

/** Asks Whop, outside any transaction. */
export async function readKyc(
  { whop }: Services,
  seller: { user_id: string; whop_company_id: string },
): Promise<KycReading> {
  const askedAt = clock.now();
  const kyc = await whop.readKyc(seller.whop_company_id);
  const hasPayoutMethod = kyc.status === 'verified' ? await hasMethod(whop, seller.whop_company_id) : null;
  return { userId: seller.user_id, kyc, hasPayoutMethod, askedAt };
}

/** The sandbox has no payouts (contract 0.2); an identity check must not fail for that. */
async function hasMethod(whop: Services['whop'], companyId: string): Promise<boolean | null> {
  try {
    return (await whop.payoutMethodsOf(companyId)).length > 0;
  } catch (error) {
    if (error instanceof WhopFailure || error instanceof NotFound) return null;
    throw error;
  }
}

/**
 * Stores a reading as the system actor. An answer that was asked for before the one already stored changes nothing.
 * A seller who is no longer verified loses his listings in the same transaction, by trigger.
 */
export const storeKyc = (trx: Transaction, { userId, kyc, hasPayoutMethod, askedAt }: KycReading): Promise<number> =>
  trx('seller_accounts')
    .where({ user_id: userId })
    .where((earlier) => earlier.whereNull('kyc_checked_at').orWhere('kyc_checked_at', '<=', askedAt))
    .update({
      kyc_status: kyc.status,
      kyc_checked_at: askedAt,
      ...(hasPayoutMethod !== null && {
        payout_method_seen_at: hasPayoutMethod ? trx.raw('coalesce(payout_method_seen_at, ?)', [askedAt]) : null,
      }),
      payout_enabled:
        kyc.status === 'verified' &&
        kyc.mayWithdraw !== false &&
        (hasPayoutMethod ?? trx.raw('payout_method_seen_at is not null')),
      whop_references: trx.raw(`array(select distinct unnest(whop_references || ?::text[]) order by 1)`, [
        kyc.references,
      ]),
    });

/** The seller that an event is about: by his company, else by an id of his that was seen before (contract 3.4). */
export async function sellerOfEvent(database: Database, event: WhopEvent): Promise<SellerAccount | undefined> {
  const references = kycReferencesIn(event.data);
  return database.withSystem('inbox', async (trx) => {
    const accounts = () => trx<SellerAccount>('seller_accounts');
    const byCompany = event.accountId && (await accounts().where({ whop_company_id: event.accountId }).first());
    if (byCompany) return byCompany;
    return references.length > 0
      ? accounts().whereRaw('whop_references && ?::text[]', [references]).first()
      : undefined;
  });
}
