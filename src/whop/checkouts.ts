import type Whop from '@whop/sdk';
import type { Config } from '../config.ts';
import { WhopFailure } from '../errors.ts';
import { keyed, type Connection } from './connection.ts';
import { centsToWhop } from './money.ts';

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

export interface Checkouts {
  /**
   * A direct charge on the seller's company with the platform's fee (contract 4.1). Tries again without the product, or
   * without naming the version, when Whop says that it is this which it does not take (contract 14, questions 2 and 3).
   */
  createCheckout(checkout: NewCheckout): Promise<CreatedCheckout>;
}

interface Variant {
  product: boolean;
  /** False: leave the version header out. */
  version: boolean;
}

export function checkouts(connection: Connection): Checkouts {
  const { config } = connection;
  return {
    createCheckout: async (checkout) => {
      let variant: Variant = { product: true, version: true };
      for (;;) {
        try {
          return await create(connection, checkout, variant);
        } catch (error) {
          const next = simpler(config, variant, error);
          if (!next) throw error;
          variant = next;
        }
      }
    },
  };
}

async function create({ sdk, config, ask }: Connection, checkout: NewCheckout, variant: Variant) {
  const body = checkoutBody(config, checkout, variant);
  const created = await ask('checkoutConfigurations.create', () =>
    sdk.checkoutConfigurations.create(body, {
      headers: { ...keyed(keyOf(checkout, variant)).headers, ...versionHeader(config, variant) },
    }),
  );
  if (!created.purchase_url) throw new WhopFailure('checkoutConfigurations.create', { message: 'no purchase_url' });
  const purchaseUrl = new URL(created.purchase_url, config.whop.hosts.pages).href;
  return { whopCheckoutId: created.id, planId: created.plan?.id ?? null, purchaseUrl };
}

/** A key belongs to its first body for ever, so another body has another key (contract 0.6). */
const keyOf = ({ checkoutId, attempt }: NewCheckout, { product, version }: Variant): string =>
  `checkout:${checkoutId}:${attempt}${product ? '' : ':no-product'}${version ? '' : ':no-version'}`;

function versionHeader({ whop }: Config, { version }: Variant): Record<string, string | null> {
  if (!whop.checkoutApiVersion) return {};
  return { 'Api-Version-Date': version ? whop.checkoutApiVersion : null };
}

/** What to try after a refusal; null when the refusal is about something else. */
function simpler({ whop }: Config, variant: Variant, error: unknown): Variant | null {
  if (!(error instanceof WhopFailure) || error.status !== 400) return null;
  const message = error.whopMessage ?? '';
  if (variant.product && /product/i.test(message)) return { ...variant, product: false };
  if (variant.version && whop.checkoutApiVersion && /version/i.test(message)) return { ...variant, version: false };
  return null;
}

/** The native body, or that of the stable model when the setting asks for it. The cast: the types lack fee and product. */
export function checkoutBody(
  config: Config,
  checkout: NewCheckout,
  { product }: Pick<Variant, 'product'> = { product: true },
): Whop.CheckoutConfigurationCreateParams {
  const stable = config.whop.checkoutApiVersion !== null;
  const body = {
    ...(!stable && { account_id: checkout.companyId }),
    mode: 'payment',
    plan: {
      ...(stable ? { company_id: checkout.companyId } : { account_id: checkout.companyId }),
      plan_type: 'one_time',
      currency: checkout.currency,
      initial_price: centsToWhop(checkout.totalCents),
      ...(checkout.feeCents > 0 && { application_fee_amount: centsToWhop(checkout.feeCents) }),
      title: checkout.title.slice(0, 80),
      visibility: 'hidden',
      release_method: 'buy_now',
      force_create_new_plan: true,
      ...(product &&
        checkout.gigId && { product: { external_identifier: `gig:${checkout.gigId}`, title: checkout.gigTitle } }),
    },
    metadata: { gigflow_checkout_id: checkout.checkoutId },
    ...(acceptsRedirect(config, checkout.redirectUrl) && { redirect_url: checkout.redirectUrl }),
  };
  return body as unknown as Whop.CheckoutConfigurationCreateParams;
}

/** Real Whop takes https only; the emulator also takes http (contract 4.3). */
const acceptsRedirect = (config: Config, url: string): boolean =>
  url.startsWith('https:') || config.whop.environment === 'emulator';
