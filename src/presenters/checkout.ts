import { clock } from '../clock.ts';
import type { CheckoutRow, Listing } from '../models/checkout.ts';
import type { GigExtra } from '../models/gig-document.ts';
import { formatMoney, formatTotal } from '../money/format.ts';
import { priceOrder, type Selection } from '../money/price.ts';
import { paths } from '../paths.ts';
import { plural, timeOfDay } from './dates.ts';

const TIER_NAMES = { basic: 'Basic', standard: 'Standard', premium: 'Premium' } as const;
const DAY = 24 * 60 * 60 * 1000;

interface Row {
  label: string;
  amount: string;
  cents?: number;
  kind?: 'total' | 'minor';
}

/** An extra as a row with a box (views/shared/_choice), with a list for how many where more than one is offered. */
export const extraChoice = (extra: GigExtra, currency: string, chosen: unknown) => ({
  kind: 'checkbox',
  plain: true,
  name: `extras[${extra.id}]`,
  value: '1',
  id: `extras-${extra.id}`,
  text: extra.title,
  hint: extra.extra_days === 0 ? 'adds no time' : `adds ${plural(extra.extra_days, 'day')}`,
  checked: Number(chosen ?? 0) > 0,
  amount: { text: formatMoney(extra.price_cents, currency), cents: extra.price_cents },
  quantity:
    extra.max_quantity > 1
      ? {
          name: `extra_quantities[${extra.id}]`,
          label: `How many: ${extra.title}`,
          max: extra.max_quantity,
          value: Number(chosen) || 1,
        }
      : undefined,
});

/** The rows of a purchase, the total last. */
function rowsOf(lines: { label: string; cents: number }[], totalCents: number, currency: string): Row[] {
  return [
    ...lines.map(({ label, cents }) => ({ label, cents, amount: formatMoney(cents, currency) })),
    { label: 'You pay', cents: totalCents, amount: formatTotal(totalCents, currency), kind: 'total' as const },
  ];
}

const timesLabel = (title: string, quantity: number): string => (quantity === 1 ? title : `${title} × ${quantity}`);

/** The order options: every choice, and what the present ones cost. */
export function presentOptions(listing: Listing, selection: Selection, zone: string) {
  const { doc, currency } = listing;
  const priced = priceOrder(doc, selection);
  const purchase = 'purchase' in priced ? priced.purchase : null;
  return {
    gigId: listing.gig_id,
    slug: listing.slug,
    title: doc.title,
    packages: doc.packages.map((offered) => ({
      name: 'package',
      value: offered.tier,
      text: TIER_NAMES[offered.tier],
      hint: `${offered.title}, ${plural(offered.delivery_days, 'day')}`,
      checked: offered.tier === selection.tier,
      amount: { text: formatMoney(offered.price_cents, currency), cents: offered.price_cents },
    })),
    quantity: selection.quantity,
    extras: doc.extras.map((extra) => extraChoice(extra, currency, selection.extras[extra.id])),
    rows: purchase
      ? rowsOf(
          [
            { label: `${TIER_NAMES[purchase.package.tier]} × ${purchase.quantity}`, cents: purchase.packageCents },
            ...purchase.extras.map((extra) => ({
              label: timesLabel(extra.title, extra.quantity),
              cents: extra.price_cents * extra.quantity,
            })),
          ],
          purchase.totalCents,
          currency,
        )
      : [],
    when: purchase
      ? deliveryHint(
          purchase.days,
          doc.questions.some((question) => question.required),
          zone,
        )
      : null,
  };
}

function deliveryHint(days: number, asks: boolean, zone: string): string {
  const date = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(new Date(clock.now().getTime() + days * DAY));
  return asks
    ? `${plural(days, 'day')} from your brief: about ${date.replace(',', '')} if you send it today.`
    : `${plural(days, 'day')} from your payment: ${date.replace(',', '')}.`;
}

/** The payment page of a frozen purchase. */
export function presentCheckout(checkout: CheckoutRow, zone: string) {
  const { scope, currency } = checkout;
  const lines = [
    ...mainLine(checkout),
    ...scope.extras.map((extra) => ({
      label: timesLabel(extra.title, extra.quantity),
      cents: extra.unitCents * extra.quantity,
    })),
  ];
  return {
    id: checkout.id,
    title: scope.title,
    slug: scope.slug,
    whopCheckoutId: checkout.whop_checkout_id,
    purchaseUrl: checkout.purchase_url,
    failure: checkout.failure_message,
    held: checkout.expires_at > clock.now(),
    heldUntil: timeOfDay(checkout.expires_at, zone),
    rows: [{ label: 'From', amount: scope.sellerName }, ...rowsOf(lines, checkout.total_cents, currency)],
    change: wayBack(checkout),
    optionsQuery: {
      package: scope.package.tier,
      quantity: scope.quantity,
      ...Object.fromEntries(scope.extras.map((extra) => [`extras[${extra.id}]`, extra.quantity])),
    },
  };
}

/** Where what is bought for an order that stands was chosen. */
const LATER: Partial<Record<CheckoutRow['purpose'], 'extras' | 'tips'>> = { extra: 'extras', tip: 'tips' };

/** The page where it was chosen; null for the options of a gig, which come back with what was chosen. */
function wayBack({ purpose, scope, target_order_id, post_id }: CheckoutRow): { href: string; text: string } | null {
  const act = LATER[purpose];
  if (act) return { href: paths.orderAct(target_order_id!, act), text: 'Change' };
  if (purpose === 'offer') return { href: paths.conversation(scope.conversationId ?? ''), text: 'Back to the offer' };
  if (purpose === 'post') return { href: paths.post(scope.sellerUsername ?? '', post_id!), text: 'Back to the post' };
  return null;
}

/** The package comes with the order, not with what is bought later. */
function mainLine({ purpose, scope, total_cents: totalCents }: CheckoutRow): { label: string; cents: number }[] {
  if (purpose === 'extra') return [];
  if (purpose === 'tip') return [{ label: 'Tip', cents: totalCents }];
  const { package: chosen, quantity } = scope;
  if (purpose === 'offer') return [{ label: `${chosen.title}: ${scope.title}`, cents: totalCents }];
  if (purpose === 'post') return [{ label: `Post: ${scope.title}`, cents: totalCents }];
  return [{ label: `${TIER_NAMES[chosen.tier]} × ${quantity}, ${chosen.title}`, cents: chosen.unitCents * quantity }];
}
