import { randomUUID } from 'node:crypto';
import type { ConversationRow } from '../models/conversation.ts';
import { isOpen, type Offer } from '../models/offer.ts';
import { formatMoney } from '../money/format.ts';
import { splitFee } from '../money/fee.ts';
import { paths } from '../paths.ts';
import { longDate, plural } from './dates.ts';
import { firstName } from './names.ts';
import { prose } from './prose.ts';

interface Setting {
  currency: string;
  zone: string;
}

/** How the newest offer of a conversation stands for this reader, and the seller's way to make one. */
export function presentThreadOffer(thread: ConversationRow, offer: Offer | undefined, readerId: string, set: Setting) {
  const selling = thread.seller_id === readerId;
  const open = offer !== undefined && isOpen(offer);
  return {
    open: open ? presentOpen(offer, thread, selling, set) : null,
    past: offer && !open ? presentPast(offer, thread, selling, set) : null,
    make: selling && !open && !thread.blocked && thread.gig_slug !== null ? paths.conversationOffers(thread.id) : null,
  };
}

function presentOpen(offer: Offer, thread: ConversationRow, selling: boolean, { currency, zone }: Setting) {
  const rows = [
    { label: 'Delivery', amount: plural(offer.days, 'day') },
    { label: 'Rounds of changes', amount: offer.revisions === 0 ? 'none' : String(offer.revisions) },
    { label: 'Price', amount: formatMoney(offer.price_cents, currency), cents: offer.price_cents, kind: 'total' },
  ];
  return {
    id: offer.id,
    docket: {
      caption: selling ? 'Your offer' : `${firstName(thread.seller_name)}’s offer`,
      title: offer.title,
      rows,
      note: `Open until ${longDate(offer.expires_at, zone)}.`,
    },
    description: prose(offer.description),
    formKey: randomUUID(),
    payable: !selling && !thread.blocked && thread.gig_slug !== null,
    decline: selling ? null : paths.offerAct(offer.id, 'decline'),
    withdrawal: selling ? paths.offerAct(offer.id, 'withdrawal') : null,
  };
}

function presentPast(offer: Offer, thread: ConversationRow, selling: boolean, { zone }: Setting) {
  const whose = selling ? 'Your offer' : `${firstName(thread.seller_name)}’s offer`;
  const lapsed = offer.status === 'open';
  const on = longDate(lapsed ? offer.expires_at : offer.answered_at!, zone);
  return {
    text: `${whose} “${offer.title}” ${lapsed ? 'lapsed' : `was ${offer.status}`} on ${on}.`,
    order: offer.order_id && (selling ? paths.sellerOrder(offer.order_id) : paths.order(offer.order_id)),
  };
}

const EXAMPLE_CENTS = 10_000;

/** The form of an offer, with what the fee leaves of a price. */
export function presentOfferForm(thread: ConversationRow, gig: { title: string }, feeBps: number, currency: string) {
  const left = formatMoney(splitFee(EXAMPLE_CENTS, feeBps).sellerCents, currency);
  return {
    action: paths.conversationOffers(thread.id),
    thread: paths.conversation(thread.id),
    buyer: thread.buyer_name,
    gig: gig.title,
    priceHint: `Of ${formatMoney(EXAMPLE_CENTS, currency)}, ${left} is yours, before Whop’s processing costs.`,
  };
}
