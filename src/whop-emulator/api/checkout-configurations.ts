import { Router, type Request } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import { toUnits } from '../money.ts';
import type { Checkout } from '../records.ts';
import { companyFor, pathId, permit, recordFor } from './authentication.ts';
import { badRequest, invalidParameter, missingParameter } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { amount, currency, metadata, parseBody, parseQuery } from './parse.ts';
import { hasNativeCheckouts, versionOf } from './versions.ts';

const plan = z.object({
  account_id: z.string().nullish(),
  company_id: z.string().nullish(),
  plan_type: z.enum(['one_time', 'renewal']).default('one_time'),
  currency,
  initial_price: amount,
  application_fee_amount: amount.nullish(),
  title: z.string().nullish(),
  visibility: z.enum(['visible', 'hidden', 'archived', 'quick_link']).default('visible'),
  release_method: z.enum(['buy_now', 'waitlist']).default('buy_now'),
  metadata: metadata.nullish(),
  product: z.object({ external_identifier: z.string(), title: z.string().min(1) }).nullish(),
});

const creation = z.object({
  account_id: z.string().optional(),
  company_id: z.string().optional(),
  mode: z.enum(['payment', 'setup']).default('payment'),
  plan: plan.nullish(),
  plan_id: z.string().nullish(),
  affiliate_code: z.string().nullish(),
  metadata: metadata.nullish(),
  redirect_url: z.url().nullish(),
  three_ds_level: z.string().nullish(),
});

const MINIMUM_CENTS = 100;

/** In the caller's shape: `account_id` from 2026-07-18, `company_id` in the stable model. The fee is never echoed (contract 4.1). */
function buildCheckoutConfiguration(
  checkout: Checkout,
  version: string,
  origin: string,
): Whop.CheckoutConfigurationCreateResponse | StableConfiguration {
  const wirePlan = {
    id: checkout.planId,
    billing_period: null,
    currency: checkout.currency,
    expiration_days: null,
    initial_price: toUnits(checkout.priceCents),
    plan_type: checkout.planType,
    release_method: checkout.releaseMethod,
    renewal_price: 0,
    trial_period_days: null,
    visibility: checkout.visibility,
  };
  const common = {
    id: checkout.id,
    affiliate_code: checkout.affiliateCode,
    currency: null,
    metadata: checkout.metadata,
    mode: checkout.mode,
    payment_method_configuration: null,
    purchase_url: purchaseUrl(checkout, origin),
    redirect_url: checkout.redirectUrl,
  };
  if (!hasNativeCheckouts(version)) {
    return { ...common, company_id: checkout.companyId, allow_promo_codes: true, plan: wirePlan };
  }
  return {
    ...common,
    account_id: checkout.companyId,
    plan: { ...wirePlan, adaptive_pricing_enabled: false, three_ds_level: checkout.threeDsLevel },
    three_ds_level: checkout.threeDsLevel,
    created_at: checkout.createdAt,
    updated_at: checkout.updatedAt,
  };
}

type StableConfiguration = Omit<
  Whop.CheckoutConfigurationCreateResponse,
  'account_id' | 'created_at' | 'updated_at' | 'plan' | 'three_ds_level'
> & { company_id: string; allow_promo_codes: boolean; plan: Record<string, unknown> };

/** Seen in both forms: by configuration (September) and by plan (July, stable model). */
const purchaseUrl = (checkout: Checkout, origin: string): string =>
  checkout.stableModel
    ? `${origin}/checkout/${checkout.planId}/?session=${checkout.id}`
    : `${origin}/checkout/${checkout.id}/`;

export function checkoutConfigurations(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const build = (checkout: Checkout, req: Request): ReturnType<typeof buildCheckoutConfiguration> =>
    buildCheckoutConfiguration(checkout, versionOf(req), emulator.origin());

  router.post(
    '/checkout_configurations',
    permit(emulator, 'checkout_configuration:create', 'plan:create'),
    (req, res) => {
      const body = parseBody(req, creation);
      if (body.mode === 'setup') throw badRequest('The emulator does not serve setup mode', { param: 'mode' });
      if (body.plan_id) throw badRequest('The emulator serves inline plans only', { param: 'plan_id' });
      if (!body.plan) throw missingParameter('plan');

      const native = hasNativeCheckouts(versionOf(req));
      const companyId = native ? (body.account_id ?? body.plan.account_id) : (body.plan.company_id ?? body.company_id);
      if (!companyId) throw missingParameter(native ? 'account_id' : 'plan.company_id');
      const company = companyFor(emulator, res, companyId, 'Account');

      checkPrice(body.plan.initial_price, body.plan.application_fee_amount ?? null, company.parentId);
      if (body.redirect_url) checkRedirect(body.redirect_url);

      const known = [...store.checkouts.values()].find(
        (checkout) => checkout.companyId === companyId && checkout.productRoute === productRoute(body.plan?.product),
      );
      const now = new Date().toISOString();
      const checkout: Checkout = {
        id: newId('ch'),
        companyId,
        mode: body.mode,
        planId: newId('plan'),
        productId: body.plan.product && known ? known.productId : newId('prod'),
        productTitle: body.plan.product?.title ?? body.plan.title ?? 'Product',
        productRoute: productRoute(body.plan.product),
        planType: body.plan.plan_type,
        planMetadata: body.plan.metadata ?? null,
        visibility: body.plan.visibility,
        releaseMethod: body.plan.release_method,
        currency: body.plan.currency,
        priceCents: body.plan.initial_price,
        applicationFeeCents: body.plan.application_fee_amount ?? null,
        affiliateCode: body.affiliate_code ?? null,
        threeDsLevel: body.three_ds_level ?? null,
        metadata: body.metadata ?? null,
        redirectUrl: body.redirect_url ?? null,
        stableModel: !native,
        expired: false,
        createdAt: now,
        updatedAt: now,
      };
      store.checkouts.set(checkout.id, checkout);
      res.status(201).json(build(checkout, req));
    },
  );

  router.get('/checkout_configurations', permit(emulator, 'checkout_configuration:basic:read'), (req, res) => {
    const filters = {
      account_id: z.string().optional(),
      company_id: z.string().optional(),
      plan_id: z.string().optional(),
    };
    const query = parseQuery(req, z.object({ ...pageQuery, ...filters }));
    const companyId = query.account_id ?? query.company_id;
    if (!companyId) throw missingParameter('account_id');
    companyFor(emulator, res, companyId, 'Account');
    const found = [...store.checkouts.values()].filter(
      (checkout) => checkout.companyId === companyId && (!query.plan_id || checkout.planId === query.plan_id),
    );
    res.json(
      page(
        found,
        query,
        (checkout) => build(checkout, req),
        ({ createdAt }) => createdAt,
      ),
    );
  });

  router.get('/checkout_configurations/:id', (req, res) => {
    res.json(build(recordFor(emulator, res, store.checkouts, pathId(req), 'Checkout configuration'), req));
  });

  router.delete('/checkout_configurations/:id', permit(emulator, 'checkout_configuration:create'), (req, res) => {
    const checkout = recordFor(emulator, res, store.checkouts, pathId(req), 'Checkout configuration');
    store.checkouts.delete(checkout.id);
    res.json({ id: checkout.id, deleted: true });
  });

  return router;
}

const productRoute = (product: { external_identifier: string } | null | undefined): string =>
  product ? product.external_identifier.toLowerCase().replace(/[^a-z0-9]+/g, '-') : 'product';

/** A fee must be positive and below the price, and needs a parent that takes it (contract 2.2, 4.2). */
function checkPrice(priceCents: number, feeCents: number | null, parentId: string | null): void {
  if (priceCents < MINIMUM_CENTS) throw invalidParameter('plan.initial_price', 'The price is too low');
  if (feeCents === null) return;
  const param = 'plan.application_fee_amount';
  if (feeCents <= 0) throw invalidParameter(param, 'Application fee amount must be greater than 0');
  if (feeCents >= priceCents) throw invalidParameter(param, 'Application fee amount must be less than the total');
  if (!parentId) throw invalidParameter(param, 'Application fees can only be taken from connected accounts');
}

/** Real environments take https only (contract 4.3, measured); relaxed for this machine. */
function checkRedirect(url: string): void {
  const { protocol, hostname } = new URL(url);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
  if (protocol === 'https:' || (protocol === 'http:' && local)) return;
  throw invalidParameter('redirect_url', 'Redirect url must be a valid https url');
}
