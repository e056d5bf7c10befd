import type Whop from '@whop/sdk';
import { NotFound, WhopFailure } from '../errors.ts';
import { keyed, type Connection } from './connection.ts';
import { kycFrom, type Kyc } from './kyc.ts';

export interface NewCompany {
  userId: string;
  attempt: number;
  title: string;
  email: string;
  country: string;
}

export interface Companies {
  /** Makes the seller's connected company and returns its biz_ id (contract 2.2). */
  createCompany(company: NewCompany): Promise<string>;
  /** Looks for a company that was made although its answer was lost. */
  findCompanyOf(userId: string): Promise<string | null>;
  /** A page of Whop's for the seller alone; lives about an hour (contract 3.3). */
  accountLink(companyId: string, use: 'account_onboarding' | 'payouts_portal', returnUrl: string): Promise<string>;
  /** The identity check as Whop knows it now (contract 3.1, 3.2). */
  readKyc(companyId: string): Promise<Kyc>;
  ping(): Promise<void>;
}

export function companies({ sdk, config, ask }: Connection): Companies {
  const platform = config.whop.platformCompanyId;
  return {
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

    findCompanyOf: (userId) =>
      ask('companies.list', async () => {
        for await (const company of sdk.companies.list({ parent_company_id: platform })) {
          const { metadata } = company as { metadata?: Record<string, unknown> | null };
          if (metadata?.gigflow_user_id === userId) return company.id;
        }
        return null;
      }),

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

    readKyc: (companyId) =>
      kycFrom({
        ledger: () => ask('ledgerAccounts.retrieve', () => sdk.ledgerAccounts.retrieve(companyId)),
        verifications: () => ask('verifications.list', () => sdk.verifications.list({ account_id: companyId })),
        account: () => ifAllowed(() => ask('accounts.retrieve', () => sdk.accounts.retrieve(companyId))),
      }),

    ping: async () => void (await ask('companies.retrieve', () => sdk.companies.retrieve(platform))),
  };
}

/** Not every key may see accounts (contract 3.1, third source); then the answer is that there is none. */
async function ifAllowed<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFound || (error instanceof WhopFailure && error.status === 403)) return null;
    throw error;
  }
}
