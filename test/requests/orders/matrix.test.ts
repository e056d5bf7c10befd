import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ORDER_PROCESS,
  ORDER_STATUSES,
  allows,
  type OrderStatus,
  type OrderTransition,
} from '../../../src/models/order/order-process.ts';
import { guestToken } from '../../../src/models/guest-buyer.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { visit, type Client } from '../../support/client.ts';
import { asSystem, orderIn, questionIds, setScene, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;
let guest: { scene: Scene; browser: Client; purchase: { buyer: undefined; guest: { id: string } } };
let answers: Record<string, string>;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
  guest = await guestOf(scene);
});
afterAll(() => app.stop());

/** Somebody who bought without an account and came by the link in his mail; he stands where Ada stands. */
async function guestOf(usual: Scene): Promise<typeof guest> {
  const id = randomUUID();
  const token = guestToken(app.config, id);
  const token_hash = createHash('sha256').update(token).digest('hex');
  await asSystem(app, (trx) => trx('guest_buyers').insert({ id, email: 'guest@gigflow.test', token_hash }));
  const purchase = { buyer: undefined, guest: { id } };
  const ada = { ...usual.ada, id, actor: { role: 'guest' as const, id } };
  await orderIn(app, { ...usual, ada }, 'awaiting_requirements', purchase);
  const browser = visit(app);
  await browser.get(`/o/${token}`);
  return { scene: { ...usual, ada }, browser, purchase };
}

type Who = 'buyer' | 'guest' | 'seller' | 'admin' | 'stranger';
const buys = (who: Who): boolean => who === 'buyer' || who === 'guest';
const browsers = (): Record<Who, Client> => ({
  buyer: scene.as.ada,
  guest: guest.browser,
  seller: scene.as.noor,
  admin: scene.as.mina,
  stranger: scene.as.tomas,
});

/** An order in each state, late enough for every late right; who asked to cancel, and who reported the problem, is the buyer. */
async function stage(status: OrderStatus, who: Who = 'buyer'): Promise<string> {
  const [theirs, purchase] = who === 'guest' ? [guest.scene, guest.purchase] : [scene, {}];
  const { ada, noor } = theirs;
  const past = async (id: string): Promise<string> => {
    const long = new Date(Date.now() - 8 * 86_400_000);
    await asSystem(app, (trx) => trx('orders').where({ id }).update({ created_at: long }));
    await asSystem(app, (trx) => trx('orders').where({ id }).whereNotNull('due_at').update({ due_at: long }));
    return id;
  };
  switch (status) {
    case 'cancel_requested': {
      const id = await orderIn(app, theirs, 'in_progress', purchase);
      await transition(app, id, 'request_cancellation', ada.actor, 'The café closes');
      return id;
    }
    case 'disputed': {
      const id = await orderIn(app, theirs, 'delivered', purchase);
      await transition(app, id, 'open_dispute', ada.actor, 'Not as agreed');
      return id;
    }
    case 'cancelled': {
      const id = await orderIn(app, theirs, 'in_progress', purchase);
      await transition(app, id, 'request_cancellation', noor.actor, 'I am ill');
      await transition(app, id, 'accept_cancellation', ada.actor);
      return id;
    }
    case 'refunded': {
      const id = await orderIn(app, theirs, 'completed', purchase);
      await transition(app, id, 'refund_in_full', 'whop');
      return id;
    }
    default:
      return past(await orderIn(app, theirs, status, purchase));
  }
}

interface Act {
  transition: OrderTransition;
  address: (id: string, on: { proposal: string; dispute: string }) => string;
  body?: () => object;
}

const reason = () => ({ reason: 'A good one' });
/** The acts that move the order, at their addresses. */
const ACTS: Act[] = [
  { transition: 'submit_requirements', address: (id) => `/orders/${id}/requirements`, body: () => ({ answers }) },
  { transition: 'deliver', address: (id) => `/orders/${id}/deliveries`, body: () => ({ message: 'Here it is.' }) },
  { transition: 'request_revision', address: (id) => `/orders/${id}/revisions`, body: reason },
  { transition: 'accept_delivery', address: (id) => `/orders/${id}/acceptance` },
  { transition: 'request_cancellation', address: (id) => `/orders/${id}/cancellations`, body: reason },
  {
    transition: 'withdraw_cancellation',
    address: (id, { proposal }) => `/orders/${id}/cancellations/${proposal}/withdrawal`,
  },
  {
    transition: 'decline_cancellation',
    address: (id, { proposal }) => `/orders/${id}/cancellations/${proposal}/decline`,
  },
  {
    transition: 'accept_cancellation',
    address: (id, { proposal }) => `/orders/${id}/cancellations/${proposal}/acceptance`,
  },
  { transition: 'cancel_unstarted', address: (id) => `/orders/${id}/unstarted-cancellation` },
  { transition: 'cancel_late', address: (id) => `/orders/${id}/late-cancellation` },
  { transition: 'cancel_suspended', address: (id) => `/orders/${id}/suspended-cancellation` },
  { transition: 'dispute_late', address: (id) => `/orders/${id}/delay-report` },
  { transition: 'open_dispute', address: (id) => `/orders/${id}/disputes`, body: reason },
  { transition: 'withdraw_dispute', address: (id, { dispute }) => `/orders/${id}/disputes/${dispute}/withdrawal` },
];

/** Whose it is besides the table: the buyer asked, so the seller answers, and only the buyer withdraws; nobody is suspended. */
function isHis(name: OrderTransition, who: Who): boolean {
  if (!buys(who) && who !== 'seller') return false;
  if (name === 'cancel_suspended') return false;
  if (name === 'withdraw_cancellation' || name === 'withdraw_dispute') return buys(who);
  if (name === 'decline_cancellation' || name === 'accept_cancellation') return who === 'seller';
  return true;
}

/** What needs work, answers, an amount or a suspension first cannot be made up by an admin. */
const NEEDS_MORE: OrderTransition[] = [
  ...(['submit_requirements', 'deliver', 'settle', 'resolve_split', 'close_chargeback', 'cancel_suspended'] as const),
];

const snapshot = (id: string) =>
  asSystem(app, async (trx) => ({
    order: await trx('orders').where({ id }).first('status', 'transition_count', 'due_at', 'revisions_used'),
    refunds: await trx('refunds').where({ order_id: id }).pluck('id'),
    proposals: await trx('proposals').where({ order_id: id }).pluck('status'),
    disputes: await trx('disputes').where({ order_id: id }).pluck('status'),
    deliveries: await trx('order_deliveries').where({ order_id: id }).pluck('id'),
  }));

const partsOf = async (id: string) =>
  asSystem(app, async (trx) => ({
    proposal: (await trx('proposals').where({ order_id: id }).first('id'))?.id ?? randomUUID(),
    dispute: (await trx('disputes').where({ order_id: id }).first('id'))?.id ?? randomUUID(),
  }));

describe.each(ORDER_STATUSES)('%s', (status) => {
  test.each(['buyer', 'guest', 'seller', 'admin', 'stranger'] as const)(
    'by the %s: what the table allows works, all else changes nothing',
    async (who) => {
      let id = await stage(status, who);
      for (const act of ACTS) {
        const ids = await questionIds(app, id);
        answers = { [ids.name!]: 'Warda', [ids.dishes!]: 'Hummus', [ids.size!]: 'A4' };
        const before = await snapshot(id);
        const response = await browsers()[who].post(act.address(id, await partsOf(id)), act.body?.() ?? {});
        const label = `${status} ${act.transition} ${who}`;
        const allowed = isHis(act.transition, who) && allows(act.transition, status, buys(who) ? 'buyer' : 'seller');
        // Answers to the brief can be changed until the first delivery, without a transition.
        const changesBrief = act.transition === 'submit_requirements' && status === 'in_progress' && buys(who);
        if (allowed) {
          expect([label, response.status]).toEqual([label, 303]);
          const after = await snapshot(id);
          expect([label, after.order.transition_count]).toEqual([label, before.order.transition_count + 1]);
          const { to } = ORDER_PROCESS[act.transition];
          expect([label, after.order.status]).toEqual([
            label,
            to === 'resume' ? (status === 'disputed' ? 'delivered' : 'in_progress') : to,
          ]);
          id = await stage(status, who);
        } else {
          expect([
            label,
            [403, 404, 409].includes(response.status) || (changesBrief && response.status === 303),
          ]).toEqual([label, true]);
          if (who === 'stranger') expect([label, response.status]).toEqual([label, 404]);
          if (who === 'admin') expect([label, [403, 404].includes(response.status)]).toEqual([label, true]);
          expect([label, await snapshot(id)]).toEqual([label, before]);
        }
      }
    },
  );

  test('an admin’s twin of every transition: allowed from here, or refused and nothing changed', async () => {
    let id = await stage(status);
    for (const by of [scene.as.ada, scene.as.noor, scene.as.tomas]) {
      const body = { transition: 'accept_delivery', reason: 'x' };
      expect((await by.post(`/admin/orders/${id}/transitions`, body)).status).toBe(404);
    }
    for (const name of Object.keys(ORDER_PROCESS) as OrderTransition[]) {
      const before = await snapshot(id);
      const response = await scene.as.mina.post(`/admin/orders/${id}/transitions`, {
        transition: name,
        reason: 'Both wrote to us',
      });
      const label = `${status} ${name}`;
      const after = await snapshot(id);
      if (response.status === 303) {
        expect([label, allows(name, status, 'admin')]).toEqual([label, true]);
        expect([label, after.order.transition_count]).toEqual([label, before.order.transition_count + 1]);
        id = await stage(status);
      } else {
        expect([label, NEEDS_MORE.includes(name) || !allows(name, status, 'admin')]).toEqual([label, true]);
        expect([label, [409, 422].includes(response.status)]).toEqual([label, true]);
        expect([label, after]).toEqual([label, before]);
      }
    }
  });
});
