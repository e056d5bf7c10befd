import { randomBytes } from 'node:crypto';
import { clock } from '../clock.ts';
import type { Transaction } from '../database.ts';
import { Invalid, WhopFailure } from '../errors.ts';
import type { Services } from '../services.ts';
import { findSeller, type SellerAccount } from './seller-account.ts';

/** A process that died while asking lets go of its claim after this long. */
const CLAIM_SECONDS = 120;
const TRIES = 4;

interface Claim {
  userId: string;
  title: string;
  country: string;
  attempt: number;
}

/**
 * Opens the seller's connected company at Whop, once for ever: the row first, then the call with the row's own key, then
 * the id (contract 2.2). A second press while the first is still asking returns without a call.
 * @throws Invalid with Whop's sentence at the field when it refuses (an address that takes no mail, say); WhopFailure when Whop does not answer
 */
export async function openCompany(services: Services, userId: string, email: string): Promise<void> {
  const claimed = await services.database.withSystem('onboarding', (trx) => takeClaim(trx, userId));
  if (!claimed) return;
  let { claim, unsure } = claimed;
  try {
    for (let tries = 1; ; tries += 1) {
      const company = await ask(services, claim, email, unsure);
      if (typeof company === 'string') return await settle(services, userId, { whop_company_id: company });
      if (company.refusal || tries === TRIES) throw refused(company.refusal ?? NOT_TAKEN);
      claim = await services.database.withSystem('onboarding', (trx) => nextAttempt(trx, claim, company.title));
      unsure = true;
    }
  } catch (error) {
    // The key is bound to the body that was refused, so the next press needs another.
    if (error instanceof Invalid)
      await services.database.withSystem('onboarding', (trx) => nextAttempt(trx, claim, claim.title));
    await settle(services, userId, {});
    throw error;
  }
}

/** Somebody is asking Whop right now. */
export const isOpening = ({ whop_company_id, company_claimed_at }: SellerAccount): boolean =>
  !whop_company_id &&
  company_claimed_at !== null &&
  company_claimed_at.getTime() > clock.now().getTime() - CLAIM_SECONDS * 1_000;

const NOT_TAKEN = 'Whop did not take this account. Try another name.';

/** Whop's own sentence, at the field that it is about. */
const refused = (sentence: string): Invalid =>
  new Invalid({
    [/mail/i.test(sentence) ? 'email' : /country/i.test(sentence) ? 'country' : 'display_name']: sentence,
  });

/** Null when the company is there, or when somebody is asking for it right now. `unsure`: an earlier call may have made it. */
async function takeClaim(trx: Transaction, userId: string): Promise<{ claim: Claim; unsure: boolean } | null> {
  const account = await trx<SellerAccount>('seller_accounts').where({ user_id: userId }).forUpdate().first();
  if (!account || account.whop_company_id || isOpening(account)) return null;
  const attempt = Math.max(1, account.company_attempt);
  await trx('seller_accounts')
    .where({ user_id: userId })
    .update({ company_attempt: attempt, company_claimed_at: trx.raw('app_now()') });
  return {
    claim: { userId, title: account.company_title, country: account.country, attempt },
    unsure: account.company_attempt > 0,
  };
}

type Refused = { refusal: string | null; title: string };

/** One question to Whop. It may have made the company although its answer was lost, so an unsure caller looks first. */
async function ask({ whop }: Services, claim: Claim, email: string, unsure: boolean): Promise<string | Refused> {
  const known = unsure ? await whop.findCompanyOf(claim.userId) : null;
  if (known) return known;
  try {
    return await whop.createCompany({ ...claim, email });
  } catch (error) {
    if (!(error instanceof WhopFailure)) throw error;
    const message = error.whopMessage ?? '';
    if (/different request/i.test(message)) return { refusal: null, title: claim.title };
    if (/same name/i.test(message)) return { refusal: null, title: withSuffix(claim.title) };
    if (error.status === 400 || error.status === 422) return { refusal: message || NOT_TAKEN, title: claim.title };
    const made = await whop.findCompanyOf(claim.userId);
    if (made) return made;
    throw error;
  }
}

/** Titles are unique among the platform's companies: "Noor Haddad 4f1c". */
const withSuffix = (title: string): string =>
  `${title.replace(/ [0-9a-f]{4}$/, '').slice(0, 75)} ${randomBytes(2).toString('hex')}`;

async function nextAttempt(trx: Transaction, claim: Claim, title: string): Promise<Claim> {
  const attempt = claim.attempt + 1;
  await trx('seller_accounts')
    .where({ user_id: claim.userId, company_attempt: claim.attempt })
    .update({ company_attempt: attempt, company_title: title });
  return { ...claim, attempt, title };
}

const settle = ({ database }: Services, userId: string, found: { whop_company_id?: string }): Promise<void> =>
  database.withSystem('onboarding', async (trx) => {
    await trx('seller_accounts')
      .where({ user_id: userId, whop_company_id: null })
      .update({ ...found, company_claimed_at: null });
  });

/**
 * Writes the seller's own row, as himself. Name and country can change until the company is there.
 * @returns the account as it stands
 */
export async function saveSellerAccount(
  trx: Transaction,
  userId: string,
  details: { title: string; country: string },
): Promise<SellerAccount> {
  await trx('seller_accounts')
    .insert({ user_id: userId, company_title: details.title, country: details.country })
    .onConflict('user_id')
    .ignore();
  await trx('seller_accounts')
    .where({ user_id: userId, whop_company_id: null, company_claimed_at: null })
    .update({ company_title: details.title, country: details.country });
  return (await findSeller(trx, userId))!;
}
