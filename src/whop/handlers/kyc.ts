import { readKyc, sellerOfEvent, storeKyc } from '../../models/seller-account.ts';
import type { Handler } from './handler.ts';

/** Every event about an identity check means the same: look how it stands now (contract 3.4). */
export const kyc: Handler = async ({ services, event }) => {
  const seller = await sellerOfEvent(services.database, event);
  if (!seller?.whop_company_id) return async () => {};
  const reading = await readKyc(services, { user_id: seller.user_id, whop_company_id: seller.whop_company_id });
  return async (trx) => void (await storeKyc(trx, reading));
};
