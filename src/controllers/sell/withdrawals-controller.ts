import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { crashPoint } from '../../crash-point.ts';
import { Conflict, WhopFailure } from '../../errors.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { withdrawalForm } from '../../forms/money-forms.ts';
import { sellerBalance } from '../../models/ledger.ts';
import { findSeller, type SellerAccount } from '../../models/seller-account.ts';
import { storeWithdrawal, withdrawalsOf } from '../../models/withdrawal.ts';
import { runWithdrawal } from '../../money/withdrawing.ts';
import { paths } from '../../paths.ts';
import { presentWithdrawals, type AtWhop } from '../../presenters/withdrawals.ts';

/** What the books say, the form, and every withdrawal so far. */
export async function list(request: Request, response: Response): Promise<void> {
  const account = await companyOf(request);
  if (!account) return response.redirect(303, paths.onboarding);
  await show(request, response, account, await lookAtWhop(request, account), emptyForm());
}

/** The plain way to the bank: identity, balance and method are checked with Whop, the row is written first (product.md section 6). */
export async function create(request: Request, response: Response): Promise<void> {
  const { services } = request;
  const account = await companyOf(request);
  if (!account) throw new Conflict('Open your seller account first.');
  if (account.kyc_status !== 'verified') throw new Conflict('Withdrawals open once Whop has checked your identity.');
  const atWhop = await lookAtWhop(request, account);
  if (!atWhop) throw new WhopFailure('ledgerAccounts.retrieve', {});
  const methods = atWhop.methods.map(({ id }) => id);
  const parsed = parseForm(withdrawalForm(atWhop.balance.availableCents, methods), request.body);
  if (!parsed.valid) return show(request, response.status(422), account, atWhop, parsed.form);
  const { amount, payout_method_id, form_key } = parsed.data;
  // A seller may not write what Whop will be asked for; the system does, after the checks above.
  const id = await services.database.withSystem('whop', (trx) =>
    storeWithdrawal(trx, {
      sellerId: account.user_id,
      amountCents: amount,
      currency: services.config.currency,
      payoutMethodId: payout_method_id,
      formKey: form_key,
    }),
  );
  crashPoint('withdrawal.stored');
  await runWithdrawal(services, id).catch((error: unknown) =>
    request.log.warn({ err: error, withdrawal: id }, 'withdrawal is left to the sweeper'),
  );
  const [written] = await request.transaction((trx) => trx('withdrawals').where({ id }).select('status', 'error'));
  await response.seeOther(
    paths.withdrawals,
    written.status === 'failed'
      ? { kind: 'bad', text: `Whop did not take the withdrawal: ${written.error}` }
      : { kind: 'good', text: 'Your withdrawal is on its way.' },
  );
}

/** What the books and Whop say about a seller's money, with an empty form: for the payouts page. */
export async function withdrawalsView(request: Request, account: SellerAccount & { whop_company_id: string }) {
  return locals(request, account, await lookAtWhop(request, account), emptyForm());
}

async function companyOf(request: Request): Promise<(SellerAccount & { whop_company_id: string }) | null> {
  const account = await request.transaction((trx) => findSeller(trx, request.person!.id));
  return account?.whop_company_id ? { ...account, whop_company_id: account.whop_company_id } : null;
}

/** Null when Whop does not answer: the page then shows the books alone. */
async function lookAtWhop(request: Request, account: { whop_company_id: string }): Promise<AtWhop | null> {
  const { whop, config } = request.services;
  try {
    const [balance, methods] = await Promise.all([
      whop.readBalance(account.whop_company_id, config.currency),
      whop.payoutMethodsOf(account.whop_company_id),
    ]);
    return { balance, methods };
  } catch (error) {
    request.log.warn({ err: error }, 'balance could not be read');
    return null;
  }
}

async function show(
  request: Request,
  response: Response,
  account: SellerAccount,
  atWhop: AtWhop | null,
  form: FormState,
): Promise<void> {
  const view = await locals(request, account, atWhop, form);
  await response.page('seller/withdrawals', { title: 'Withdrawals', nav: 'sell' }, view);
}

async function locals(request: Request, account: SellerAccount, atWhop: AtWhop | null, form: FormState) {
  const { currency } = request.services.config;
  const books = await request.transaction(async (trx) => ({
    balance: await sellerBalance(trx, account.user_id, currency),
    withdrawals: await withdrawalsOf(trx, account.user_id),
  }));
  const reader = { zone: request.person!.timeZone, currency };
  return {
    money: presentWithdrawals(books, atWhop, account.kyc_status === 'verified', reader),
    formKey: (form.values.form_key as string | undefined) ?? randomUUID(),
    ...form,
  };
}
