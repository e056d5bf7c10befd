import Whop from '@whop/sdk';
import type { Config } from '../config.ts';
import { inTransaction } from '../database.ts';
import { NotFound, WhopFailure } from '../errors.ts';
import { call } from './call.ts';
import { kycFrom, type Kyc } from './kyc.ts';
import { centsFromWhop, centsToWhop } from './money.ts';
import { paymentFrom, type WhopPayment } from './payment.ts';

/** What the payout elements may do with a seller's token (contract section 7). */
const PAYOUT_ACTIONS = [
  'company:balance:read',
  'payout:account:read',
  'payout:account:update',
  'payout:withdraw_funds',
  'payout:withdrawal:read',
  'payout:transfer:read',
  'payout:transfer:export',
  'payout:destination:read',
  'payout:create_destination',
  'payout:update_destination',
  'payout:delete_destination',
];

export interface NewCheckout {
  /** GigFlow's checkout id; becomes metadata and the idempotency key. */
  checkoutId: string;
  attempt: number;
  companyId: string;
  title: string;
  gigId: string | null;
  gigTitle: string;
  totalCents: number;
  feeCents: number;
  currency: string;
  redirectUrl: string;
}

export interface CreatedCheckout {
  whopCheckoutId: string;
  planId: string | null;
  purchaseUrl: string;
}

export interface NewCompany {
  userId: string;
  attempt: number;
  title: string;
  email: string;
  country: string;
}

export interface WhopClient {
  createCompany(company: NewCompany): Promise<string>;
  findCompanyOf(userId: string): Promise<string | null>;
  accountLink(companyId: string, use: 'account_onboarding' | 'payouts_portal', returnUrl: string): Promise<string>;
  readKyc(companyId: string): Promise<Kyc>;
  payoutsToken(companyId: string): Promise<{ token: string; expiresAt: string }>;
  createCheckout(checkout: NewCheckout): Promise<CreatedCheckout>;
  readPayment(paymentId: string): Promise<WhopPayment | null>;
  paymentIdsOf(companyId: string, whopCheckoutId: string): Promise<string[]>;
  ping(): Promise<void>;
}

/**
 * Whop in GigFlow's words: cents in and out, plain objects, domain errors. The only place that knows the SDK.
 * Every method throws WhopFailure when Whop refuses or cannot be reached, and refuses to run inside a transaction.
 */
export function createWhopClient(config: Config): WhopClient {
  const sdk = new Whop({
    apiKey: config.whop.apiKey,
    baseURL: config.whop.hosts.api,
    timeout: 20_000,
    maxRetries: 2,
    logLevel: 'off',
  });
  const platform = config.whop.platformCompanyId;
  const ask = <T>(name: string, work: () => PromiseLike<T>): Promise<T> => {
    if (inTransaction()) throw new Error(`whop.${name} was called inside a transaction`);
    return call(name, work);
  };
  const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } });

  return {
    /** Makes the seller's connected company and returns its biz_ id (contract 2.2). */
    createCompany: async ({ userId, attempt, title, email, country }) => {
      const body = {
        title,
        email,
        country,
        parent_company_id: platform,
        metadata: { gigflow_user_id: userId },
        send_customer_emails: false,
      };
      const company = await ask('companies.create', () =>
        sdk.companies.create(body as Whop.CompanyCreateParams, keyed(`company:${userId}:${attempt}`)),
      );
      return company.id;
    },

    /** Looks for a company that was made although its answer was lost. */
    findCompanyOf: (userId) =>
      ask('companies.list', async () => {
        for await (const company of sdk.companies.list({ parent_company_id: platform })) {
          const { metadata } = company as { metadata?: Record<string, unknown> | null };
          if (metadata?.gigflow_user_id === userId) return company.id;
        }
        return null;
      }),

    /** A page of Whop's where the seller proves who he is; lives about an hour. */
    accountLink: async (companyId, use, returnUrl) => {
      const link = await ask('accountLinks.create', () =>
        sdk.accountLinks.create({
          company_id: companyId,
          use_case: use,
          return_url: returnUrl,
          refresh_url: returnUrl,
        }),
      );
      return link.url;
    },

    /** The identity check as Whop knows it now (contract 3.1, 3.2). */
    readKyc: (companyId) =>
      kycFrom({
        ledger: () => ask('ledgerAccounts.retrieve', () => sdk.ledgerAccounts.retrieve(companyId)),
        verifications: () => ask('verifications.list', () => sdk.verifications.list({ account_id: companyId })),
      }),

    /** A token for the seller's own elements, with its permissions spelled out (original defect 29). */
    payoutsToken: async (companyId) => {
      const { token, expires_at } = await ask('accessTokens.create', () =>
        sdk.accessTokens.create({ company_id: companyId, scoped_actions: PAYOUT_ACTIONS }),
      );
      return { token, expiresAt: expires_at };
    },

    /** A direct charge on the seller's company with the platform's fee (contract 4.1). */
    createCheckout: async (checkout) => {
      const body = {
        account_id: checkout.companyId,
        mode: 'payment',
        plan: {
          account_id: checkout.companyId,
          plan_type: 'one_time',
          currency: checkout.currency,
          initial_price: centsToWhop(checkout.totalCents),
          ...(checkout.feeCents > 0 && { application_fee_amount: centsToWhop(checkout.feeCents) }),
          title: checkout.title.slice(0, 80),
          visibility: 'hidden',
          release_method: 'buy_now',
          force_create_new_plan: true,
          ...(checkout.gigId && {
            product: { external_identifier: `gig:${checkout.gigId}`, title: checkout.gigTitle },
          }),
        },
        metadata: { gigflow_checkout_id: checkout.checkoutId },
        ...(acceptsRedirect(config, checkout.redirectUrl) && { redirect_url: checkout.redirectUrl }),
      };
      const created = await ask('checkoutConfigurations.create', () =>
        sdk.checkoutConfigurations.create(
          body as unknown as Whop.CheckoutConfigurationCreateParams,
          keyed(`checkout:${checkout.checkoutId}:${checkout.attempt}`),
        ),
      );
      if (!created.purchase_url) throw new WhopFailure('checkoutConfigurations.create', { message: 'no purchase_url' });
      const purchaseUrl = new URL(created.purchase_url, config.whop.hosts.pages).href;
      return { whopCheckoutId: created.id, planId: created.plan?.id ?? null, purchaseUrl };
    },

    /** One payment as Whop knows it now, its fee looked up when the payment does not tell; null when Whop does not know it (yet). */
    readPayment: async (paymentId) => {
      try {
        const payment = paymentFrom(await ask('payments.retrieve', () => sdk.payments.retrieve(paymentId)));
        if (payment.feeCents !== null || !payment.paid) return payment;
        const fees = await ask('payments.listFees', () => sdk.payments.listFees(paymentId));
        return { ...payment, feeCents: applicationFee(fees) };
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },

    /** Every payment that was tried for a checkout, newest first, found without a webhook (contract 4.6). */
    paymentIdsOf: async (companyId, whopCheckoutId) => {
      const page = await ask('payments.list', () =>
        sdk.payments.list({
          company_id: companyId,
          checkout_configuration_ids: [whopCheckoutId],
          first: 10,
          order: 'created_at',
          direction: 'desc',
        }),
      );
      return page.data.map((payment) => payment.id);
    },

    ping: async () => void (await ask('companies.retrieve', () => sdk.companies.retrieve(platform))),
  };
}

/** Real Whop takes https only; the emulator also takes http (contract 4.3). */
const acceptsRedirect = (config: Config, url: string): boolean =>
  url.startsWith('https:') || config.whop.environment === 'emulator';

function applicationFee(fees: unknown): number | null {
  const entries = (fees as { data?: { type?: string; origin?: string; amount?: unknown }[] }).data ?? [];
  const fee = entries.find((entry) => entry.type === 'application_fee' || entry.origin === 'application_fee');
  return fee ? Math.abs(centsFromWhop(fee.amount) ?? 0) : null;
}
