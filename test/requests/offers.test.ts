import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../src/clock.ts';
import { notificationMail } from '../../src/mail/notification.ts';
import { convergeCheckout } from '../../src/money/convergence.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit, type Client } from '../support/client.ts';
import { quiet, row, rows } from '../support/money.ts';
import { makeOffer, openThread } from '../support/offers.ts';
import { asSystem, createPerson, signIn } from '../support/orders.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let shop: Shop;
let noor: Client;
let mallory: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
  noor = await keeperOf(shop);
  mallory = await signIn(app, await createPerson(app, 'Mallory Stranger'));
});
afterAll(async () => {
  clock.set(null);
  await app.stop();
});

/** The seller of a shop, signed in. */
async function keeperOf({ sellerId }: Shop): Promise<Client> {
  const client = visit(app);
  const { email } = await row(app, 'users', { id: sellerId });
  await client.get('/login');
  await client.post('/login', { email, password: 'gigflow-demo' });
  await client.get('/logout');
  return client;
}

const DAY = 86_400_000;
const typed = (change: object = {}) => ({
  title: 'Two signs for the door',
  description: 'Both sides printed.\n\n- PDF\n- SVG',
  price: '120.50',
  days: '9',
  revisions: '4',
  form_key: randomUUID(),
  ...change,
});

/** Ada, or whoever, with a conversation about Noor's gig. */
async function talk(name = 'Ada Marlowe', gig = shop) {
  const person = await createPerson(app, name);
  const thread = await openThread(app, gig, person.id);
  return { id: person.id, client: await signIn(app, person), thread, here: `/messages/${thread}` };
}

/** The same, with an open offer of $20.00 in it. */
async function offered(name = 'Ada Marlowe', gig = shop) {
  const talking = await talk(name, gig);
  return { ...talking, offer: await makeOffer(app, gig, talking.id, { conversation_id: talking.thread }) };
}

const accept = (client: Client, offer: string, key: string = randomUUID()) =>
  client.post('/checkouts', { offer, form_key: key });
const idIn = ({ headers }: { headers: Record<string, string> }) => headers.location!.split('/').at(-1)!;
const checkoutsOf = (offer: string) => rows(app, 'whop_checkout_configs', { offer_id: offer });
const stateOf = async (offer: string) => (await row(app, 'offers', { id: offer })).status;

describe('from the offer to the order', () => {
  test('Noor offers, Ada accepts and pays: an order with the offer’s price, time and rounds, and the gig’s questions', async () => {
    const { id: adaId, client: ada, thread, here } = await talk();
    const link = page(await noor.get(here))('#offer a').attr('href')!;
    expect(link).toBe(`/conversations/${thread}/offers`);
    const form = page(await noor.get(link));
    expect(form(`form[action="${link}"] #price-hint`).text()).toContain('$90.00 is yours');
    const sent = await noor.post(link, typed());
    expect([sent.status, sent.headers.location]).toEqual([303, here]);

    const told = await rows(app, 'notifications', { user_id: adaId });
    expect(told).toMatchObject([{ kind: 'offer.made', conversation_id: thread, data: { role: 'buyer' } }]);
    expect(page(await ada.get('/notifications'))('#notifications li').text()).toContain('made you an offer');
    const seen = page(await ada.get(here));
    expect(seen('#unread:not([hidden])').length).toBe(0);
    const docket = seen('#offer .docket');
    expect(docket.find('h2').text()).toBe('Two signs for the door');
    expect(docket.text()).toMatch(/9 days[^]*4[^]*\$120\.50[^]*Open until/);
    expect(docket.find('li').text()).toBe('PDFSVG');
    expect(docket.find('.total [data-cents]').attr('data-cents')).toBe('12050');
    const noors = page(await noor.get(here))('#offer');
    expect([noors.text().includes('Withdraw'), noors.text().includes('Accept and pay')]).toEqual([true, false]);
    expect(page(await noor.get(here))('#offer a').length).toBe(0);

    const offer = docket.find('input[name=offer]').val() as string;
    const id = idIn(await accept(ada, offer));
    const frozen = await row(app, 'whop_checkout_configs', { id });
    expect(frozen).toMatchObject({
      ...{ purpose: 'offer', offer_id: offer, status: 'open', total_cents: 12_050, fee_bps: 1_000 },
      ...{ fee_cents: 1_205, seller_cents: 10_845, gig_id: shop.gigId, gig_revision_number: 1 },
    });
    expect(frozen.scope.questions).toEqual(shop.doc.questions);
    expect(frozen.scope.offeredExtras).toEqual(shop.doc.extras);
    const payment = page(await ada.get(`/checkouts/${id}`));
    expect(payment('.total [data-cents]').attr('data-cents')).toBe('12050');
    expect(payment('.rows').text()).toContain('Custom offer: Two signs for the door');
    expect(payment('.panel-scroll a').first().attr('href')).toBe(here);
    expect(await stateOf(offer)).toBe('open');

    await app.emulator.pay(frozen.whop_checkout_id);
    const orderId = idIn(await ada.get(`/checkout/complete?checkout=${id}`));
    expect(await row(app, 'orders', { id: orderId })).toMatchObject({
      ...{ status: 'awaiting_requirements', title: 'Two signs for the door', package_title: 'Custom offer' },
      ...{ total_cents: 12_050, delivery_days: 9, revisions_allowed: 4 },
    });
    expect(await rows(app, 'order_items', { order_id: orderId }, 'position')).toMatchObject([
      { kind: 'offer', title: 'Custom offer', total_cents: 12_050, days: 9 },
    ]);
    expect(await row(app, 'offers', { id: offer })).toMatchObject({ status: 'accepted', order_id: orderId });
    await quiet(app);
    expect(page(await ada.get(here))('#offer a').attr('href')).toBe(`/orders/${orderId}`);
    const after = page(await noor.get(here))('#offer a');
    expect(after.toArray().map((node) => node.attribs.href)).toEqual([`/sell/orders/${orderId}`, link]);
    expect((await accept(ada, offer)).status).toBe(409);
    for (const [client, address] of [
      [ada, `/orders/${orderId}`],
      [noor, `/sell/orders/${orderId}`],
    ] as const) {
      const record = page(await client.get(address))('.docket a:contains("What was agreed")').attr('href')!;
      expect((await client.get(record)).text).toContain('Both sides printed.');
    }
  });

  test('accepting twice, at once or later, leads to the one payment', async () => {
    const { client: ada, offer } = await offered();
    const answers = await Promise.all([1, 2, 3].map(() => accept(ada, offer)));
    answers.push(await accept(ada, offer));
    expect(new Set(answers.map(idIn)).size).toBe(1);
    expect(await checkoutsOf(offer)).toHaveLength(1);
  });

  test('withdrawn while Ada pays: the payment is not lost, it becomes the order, and the offer counts as accepted', async () => {
    const { client: ada, offer } = await offered();
    const id = idIn(await accept(ada, offer));
    expect((await noor.post(`/offers/${offer}/withdrawal`)).status).toBe(303);
    expect((await accept(ada, offer)).status).toBe(409);
    await app.emulator.pay((await row(app, 'whop_checkout_configs', { id })).whop_checkout_id);
    await Promise.all([1, 2, 3].map(() => ada.get(`/checkout/complete?checkout=${id}`)));
    await quiet(app);
    const orders = await rows(app, 'orders', { checkout_id: id });
    expect(orders).toHaveLength(1);
    expect(await row(app, 'offers', { id: offer })).toMatchObject({ status: 'accepted', order_id: orders[0]!.id });
  });

  test('withdrawn and accepted at the same moment: either a payment page, or a clear refusal, never an error', async () => {
    const { client: ada, offer } = await offered();
    const [taken, withdrawn] = await Promise.all([accept(ada, offer), noor.post(`/offers/${offer}/withdrawal`)]);
    expect([303, 409]).toContain(taken.status);
    expect(withdrawn.status).toBe(303);
    expect(await checkoutsOf(offer)).toHaveLength(taken.status === 303 ? 1 : 0);
  });

  test('a second checkout after the first one ended: one order, the other payment goes back', async () => {
    const { client: ada, offer } = await offered();
    const first = idIn(await accept(ada, offer));
    const end = (status: string) =>
      asSystem(app, (trx) => trx('whop_checkout_configs').where({ id: first }).update({ status }));
    await end('expired');
    const second = idIn(await accept(ada, offer));
    expect(second).not.toBe(first);
    await end('open');
    for (const id of [first, second]) {
      const { id: whopId } = await app.emulator.pay((await row(app, 'whop_checkout_configs', { id })).whop_checkout_id);
      await convergeCheckout(app.services, id);
      expect(await rows(app, 'whop_payments', { whop_payment_id: whopId })).toHaveLength(1);
    }
    await quiet(app);
    expect(await rows(app, 'orders', { checkout_id: first })).toHaveLength(1);
    expect(await rows(app, 'orders', { checkout_id: second })).toEqual([]);
    const [back] = await rows(app, 'whop_payments', { checkout_id: second });
    expect(back).toMatchObject({ disposition: 'refused', note: 'The offer was paid before', refunded_cents: 2_000 });
  });
});

describe('wrong people', () => {
  test('a stranger finds nothing, the buyer offers nothing, the seller neither declines nor pays', async () => {
    const { client: ada, offer, thread } = await offered();
    expect((await mallory.get(`/conversations/${thread}/offers`)).status).toBe(404);
    expect((await mallory.post(`/conversations/${thread}/offers`, typed())).status).toBe(404);
    for (const act of ['decline', 'withdrawal']) {
      expect((await mallory.get(`/offers/${offer}/${act}`)).status).toBe(404);
      expect((await mallory.post(`/offers/${offer}/${act}`)).status).toBe(404);
      expect((await ada.get(`/offers/${offer}/${act}`)).headers.location).toBe(`/messages/${thread}`);
    }
    expect((await accept(mallory, offer)).status).toBe(404);
    expect((await ada.get(`/conversations/${thread}/offers`)).status).toBe(403);
    expect((await ada.post(`/conversations/${thread}/offers`, typed())).status).toBe(403);
    expect((await ada.post(`/offers/${offer}/withdrawal`)).status).toBe(403);
    expect((await noor.post(`/offers/${offer}/decline`)).status).toBe(403);
    expect((await accept(noor, offer)).status).toBe(403);
    const visitor = await accept(visit(app), offer);
    expect(visitor.headers.location).toBe('/login?next=%2Fmessages');
    expect([await stateOf(offer), await checkoutsOf(offer)]).toEqual(['open', []]);
  });

  test.each([randomUUID(), 'x', "' or 1=1", ''])('no offer %j is found', async (offer) => {
    expect((await accept(mallory, offer)).status).toBe(404);
  });

  test('an admin who reads a reported conversation does nothing about its offer', async () => {
    const { offer, thread, id } = await offered();
    const mina = await createPerson(app, 'Mina Okafor', { role: 'admin' });
    await asSystem(app, (trx) =>
      trx('conversation_reports').insert({
        id: randomUUID(),
        conversation_id: thread,
        reporter_id: id,
        reason: 'Rude',
      }),
    );
    const client = await signIn(app, mina);
    expect((await client.post(`/offers/${offer}/decline`)).status).toBe(404);
    expect((await accept(client, offer)).status).toBe(404);
  });
});

describe('wrong moments', () => {
  test('declined: Noor is told, nothing can be paid, and she may offer again', async () => {
    const { client: ada, offer, thread, here } = await offered();
    expect((await ada.post(`/offers/${offer}/decline`)).headers.location).toBe(here);
    expect(await rows(app, 'notifications', { conversation_id: thread, kind: 'offer.declined' })).toMatchObject([
      { user_id: shop.sellerId, data: { role: 'seller' } },
    ]);
    const refused = await accept(ada, offer);
    expect([refused.status, refused.text.includes('It was declined. Nothing was charged.')]).toEqual([409, true]);
    expect((await ada.post(`/offers/${offer}/decline`)).status).toBe(409);
    expect((await noor.post(`/offers/${offer}/withdrawal`)).status).toBe(409);
    expect(page(await ada.get(here))('#offer').text()).toContain('was declined on');
    expect((await noor.post(`/conversations/${thread}/offers`, typed())).status).toBe(303);
  });

  test('withdrawn: Ada is told, and nothing can be paid', async () => {
    const { client: ada, id, offer, here } = await offered();
    expect((await noor.post(`/offers/${offer}/withdrawal`)).headers.location).toBe(here);
    const kinds = (await rows(app, 'notifications', { user_id: id })).map(({ kind }) => kind);
    expect(kinds).toEqual(['offer.made', 'offer.withdrawn']);
    expect((await accept(ada, offer)).text).toContain('It was withdrawn. Nothing was charged.');
    expect(page(await ada.get(here))('#offer form').length).toBe(0);
  });

  test('after fourteen days it has lapsed: nobody can pay it, Noor can make another, and Ada hears of no withdrawal', async () => {
    const { client: ada, id, thread, here } = await talk();
    clock.set(new Date(Date.now() - 14 * DAY));
    const offer = await makeOffer(app, shop, id, { conversation_id: thread });
    clock.set(null);
    const refused = await accept(ada, offer);
    expect([refused.status, refused.text.includes('It stood for 14 days')]).toEqual([409, true]);
    expect((await ada.post(`/offers/${offer}/decline`)).status).toBe(409);
    expect(page(await ada.get(here))('#offer').text()).toContain('lapsed on');
    expect((await noor.post(`/conversations/${thread}/offers`, typed())).status).toBe(303);
    const kinds = (await rows(app, 'notifications', { user_id: id })).map(({ kind }) => kind);
    expect(kinds).toEqual(['offer.made', 'offer.made']);
    expect(await checkoutsOf(offer)).toEqual([]);
  });

  test('one offer is open at a time; the same form sent twice is one offer', async () => {
    const { thread } = await talk();
    const action = `/conversations/${thread}/offers`;
    const two = await Promise.all([noor.post(action, typed()), noor.post(action, typed({ price: '50' }))]);
    expect(two.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await rows(app, 'offers', { conversation_id: thread })).toHaveLength(1);
    expect((await noor.get(action)).status).toBe(409);

    const other = await talk('Ada Twice');
    const body = typed();
    const same = await Promise.all([1, 2, 3].map(() => noor.post(`/conversations/${other.thread}/offers`, body)));
    expect(same.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await rows(app, 'offers', { conversation_id: other.thread })).toHaveLength(1);
  });

  test('nothing is offered in a closed conversation, nor paid', async () => {
    const { client: ada, offer, here, thread } = await offered();
    const other = await talk('Ada Blocked');
    await noor.post(`/conversations/${thread}/block`);
    await other.client.post(`/conversations/${other.thread}/block`);
    expect((await noor.post(`/conversations/${other.thread}/offers`, typed())).status).toBe(409);
    expect(page(await noor.get(other.here))('#offer').length).toBe(0);
    expect(page(await ada.get(here))('#offer button').text()).toBe('Decline');
    expect((await accept(ada, offer)).status).toBe(409);
    expect(await checkoutsOf(offer)).toEqual([]);
  });

  test('a suspended buyer is offered nothing', async () => {
    const { id, thread } = await talk('Sami Suspended');
    await asSystem(app, (trx) => trx('users').where({ id }).update({ suspended_at: new Date() }));
    expect((await noor.post(`/conversations/${thread}/offers`, typed())).status).toBe(409);
    expect(await rows(app, 'offers', { conversation_id: thread })).toEqual([]);
  });

  test.each<[string, (gig: Shop) => Promise<unknown>]>([
    ['is paused', ({ gigId }) => asSystem(app, (trx) => trx('gig_listings').where({ gig_id: gigId }).delete())],
    [
      'has a suspended seller',
      ({ sellerId: id }) => asSystem(app, (trx) => trx('users').where({ id }).update({ suspended_at: new Date() })),
    ],
    [
      'has a seller whose identity check is open again',
      ({ sellerId: user_id }) =>
        asSystem(app, (trx) => trx('seller_accounts').where({ user_id }).update({ kyc_status: 'pending' })),
    ],
  ])('a gig that %s is neither offered nor paid', async (_why, change) => {
    const small = await openShop(app, { sellerName: 'Small Shop' });
    const keeper = await keeperOf(small);
    const { client: ada, offer, here } = await offered('Ada Late', small);
    const other = await talk('Ada Later', small);
    await change(small);
    expect(page(await ada.get(here))('#offer').text()).toContain('cannot be accepted just now');
    const refused = await accept(ada, offer);
    expect([refused.status, refused.text.includes('not on sale just now')]).toEqual([409, true]);
    expect([403, 409]).toContain((await keeper.post(`/conversations/${other.thread}/offers`, typed())).status);
    expect(await checkoutsOf(offer)).toEqual([]);
  });

  test('a full queue says so and charges nothing; the offer stays open', async () => {
    const small = await openShop(app, { sellerName: 'Small Shop', maxActiveOrders: 1 });
    const [one, two] = [await offered('Ada First', small), await offered('Ada Second', small)];
    expect((await accept(one.client, one.offer)).status).toBe(303);
    const refused = await accept(two.client, two.offer);
    expect([refused.status, refused.text.includes('as many orders as fit')]).toEqual([409, true]);
    expect(await stateOf(two.offer)).toBe('open');
  });
});

test.each<[field: string, why: string, change: object]>([
  ['title', 'too short', { title: 'Two' }],
  ['title', 'too long', { title: 'x'.repeat(101) }],
  ['description', 'missing', { description: '' }],
  ['description', 'too long', { description: 'x'.repeat(2_001) }],
  ['price', 'too low', { price: '4.99' }],
  ['price', 'too high', { price: '10000.01' }],
  ['price', 'no number', { price: 'free' }],
  ['days', 'too few', { days: '0' }],
  ['days', 'too many', { days: '366' }],
  ['revisions', 'too many', { revisions: '51' }],
  ['revisions', 'no number', { revisions: '-1' }],
])('%s, %s: refused, and what was typed stays', async (field, _why, change) => {
  const { thread } = await talk();
  const answer = await noor.post(`/conversations/${thread}/offers`, typed(change));
  const form = page(answer);
  expect([answer.status, form('.error-list a').attr('href')]).toEqual([422, `#${field}`]);
  const body: Record<string, string> = typed(change);
  for (const name of ['title', 'price', 'days', 'revisions']) expect(form(`#${name}`).val()).toBe(body[name]);
  expect(form('#description').text().trim()).toBe(body.description);
  expect(await rows(app, 'offers', { conversation_id: thread })).toEqual([]);
});

test('markup stays text; the list of conversations shows messages only', async () => {
  const { client: ada, thread, here } = await talk();
  await ada.post(here, { body: 'Do you make signs?' });
  await noor.post(`/conversations/${thread}/offers`, typed({ title: '<b>Signs</b>', description: '<i>Two</i>' }));
  const docket = page(await ada.get(here))('#offer');
  expect([docket.find('h2').text(), docket.find('.prose').text().trim()]).toEqual(['<b>Signs</b>', '<i>Two</i>']);
  const list = page(await ada.get('/messages'))('.things').text();
  expect([list.includes('Do you make signs?'), list.includes('Signs</b>')]).toEqual([true, false]);
});

test('the mail leads to the conversation', () => {
  const conversationId = randomUUID();
  const mail = notificationMail(app.config, {
    ...{ kind: 'offer.made', role: 'buyer', title: 'Menu and price list', otherName: 'Noor Haddad', reason: null },
    ...{ orderId: null, conversationId, guestId: null, data: { role: 'buyer' } },
  });
  expect(mail.subject).toBe('Noor Haddad made you an offer: Menu and price list');
  expect(mail.text).toContain(`Open the conversation: ${app.config.appUrl}/messages/${conversationId}`);
});

test('both sides take the offers along in their export', async () => {
  const { client: ada, offer } = await offered();
  const data = (await ada.get('/account/export')).body as { offers: { id: string; price_cents: number }[] };
  expect(data.offers).toMatchObject([{ id: offer, price_cents: 2_000 }]);
});
