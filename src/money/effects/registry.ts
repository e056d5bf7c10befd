import type { CheckoutRow } from '../../models/checkout.ts';
import type { PurchaseEffect } from './effect.ts';
import { extra } from './extra.ts';
import { offer } from './offer.ts';
import { order } from './order.ts';
import { post } from './post.ts';
import { tip } from './tip.ts';

/** One checkout serves many purposes; all come through the same convergence (product.md section 4). */
export const effects: Record<CheckoutRow['purpose'], PurchaseEffect> = { order, offer, extra, tip, post };
