import type { Config } from '../config.ts';
import { accessTokens, type AccessTokens } from './access-tokens.ts';
import { chat, type Chat } from './chat.ts';
import { checkouts, type Checkouts } from './checkouts.ts';
import { companies, type Companies } from './companies.ts';
import { connect } from './connection.ts';
import { disputes, type Disputes } from './disputes.ts';
import { payments, type Payments } from './payments.ts';
import { payouts, type Payouts } from './payouts.ts';
import { transfers, type Transfers } from './transfers.ts';

export type WhopClient = Companies & Checkouts & Payments & Disputes & Transfers & Payouts & AccessTokens & Chat;

/**
 * Whop in GigFlow's words: cents in and out, plain objects, domain errors. Only this folder knows the SDK.
 * Every method throws WhopFailure when Whop refuses or cannot be reached, and refuses to run inside a transaction.
 */
export function createWhopClient(config: Config): WhopClient {
  const platform = connect(config);
  const forChat = config.whop.chatApiKey ? connect(config, config.whop.chatApiKey) : platform;
  return {
    ...companies(platform),
    ...checkouts(platform),
    ...payments(platform),
    ...disputes(platform),
    ...transfers(platform),
    ...payouts(platform),
    ...accessTokens(platform, forChat),
    ...chat(forChat),
  };
}
