import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { storeWithdrawal } from '../../../src/models/withdrawal.ts';
import { writeOff } from '../../../src/money/deciding.ts';
import { runWithdrawal } from '../../../src/money/withdrawing.ts';
import { MONEY_WORDS } from '../../../src/presenters/money-words.ts';
import { tell } from '../../../src/presenters/notification.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, type Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';
import { askRefund, buy, checkOutMore, makeAdmin, quiet, row, rows, type Bought } from '../../support/money.ts';
import { idOf } from '../../support/sellers.ts';
import { openShop, type Shop } from '../../support/shop.ts';

// Ada, Noor and Mina are told about money by mail and on the page: by a real mail server, with amounts, in plain words.
let app: TestApp;
let mailbox: TestMailbox;
let shop: Shop;
let mina: Client;
let ada: Client;
let adaId: string;
let address: { ada: string; noor: string; mina: string };
beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ emulator: true, worker: true, env: { SMTP_URL: mailbox.smtpUrl } });
  shop = await openShop(app, { maxActiveOrders: 500 });
  mina = await signUp(app, 'Mina Okafor');
  ada = await signUp(app, 'Ada Marlowe');
  adaId = await idOf(app, ada);
  const minaId = await idOf(app, mina);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id: minaId }).update({ role: 'admin' }));
  const emailOf = async (id: string): Promise<string> => (await row(app, 'users', { id })).email;
  address = { ada: await emailOf(adaId), noor: await emailOf(shop.sellerId), mina: await emailOf(minaId) };
});
afterEach(() => app.emulator.faults({}));
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

const adaBuys = (): Promise<Bought> => buy(app, shop, { buyerId: adaId });
const disputed = async ({ whopPaymentId }: Bought): Promise<string> => {
  const opened = await app.emulator.call('POST', `/control/payments/${whopPaymentId}/dispute`, { amount: 15 });
  return (opened as { id: string }).id;
};

test('a tip is told with its amount and what it means', async () => {
  const { checkout, orderId } = await adaBuys();
  const change = { total_cents: 1_250, fee_cents: 125, seller_cents: 1_125, target_order_id: orderId };
  const tip = await checkOutMore(app, checkout, 'tip', change);
  await app.emulator.pay(tip.whop_checkout_id!);
  const mail = await mailbox.next(address.noor, /^A tip of \$12\.50/);
  expect(mail.text).toContain('Ada Marlowe gave you a tip of $12.50 on top of the order.');
  expect(mail.text).toContain(`${app.url}/sell/orders/${orderId}`);
});

test('a bank’s case is told to both sides and the admins with what each can do, and its end as well', async () => {
  const bought = await adaBuys();
  const dispute = await disputed(bought);
  const toNoor = await mailbox.next(address.noor, /bank asks for \$15\.00 back/);
  expect(toNoor.text).toContain('nothing is due from you until the bank has decided');
  expect(toNoor.text).toContain('GigFlow sends the order’s record to the bank');
  const toAda = await mailbox.next(address.ada, /^Your bank asks for \$15\.00 back/);
  expect(toAda.text).toContain('tell your bank to withdraw the case');
  const toMina = await mailbox.next(address.mina, /^A bank asks for \$15\.00 back/);
  const { id } = await row(app, 'disputes', { order_id: bought.orderId });
  expect(toMina.text).toContain(`${app.url}/admin/bank-disputes/${id}`);
  const shown = page(await ada.get('/notifications'))('#notifications li')
    .first()
    .text();
  expect(shown).toContain('Your bank asks for $15.00 back');

  await app.emulator.call('POST', `/control/disputes/${dispute}`, { status: 'won' });
  expect((await mailbox.next(address.noor, /^The bank’s case is closed/)).text).toContain(
    'goes on from where it stood',
  );
  await mailbox.next(address.ada, /^Your bank’s case is closed/);
  expect(mailbox.to(address.mina).filter(({ subject }) => subject.startsWith('A bank asks'))).toHaveLength(1);
});

test('an early warning tells seller and admin the amount and that a refund may prevent the case', async () => {
  const { whopPaymentId, orderId } = await adaBuys();
  await app.emulator.call('POST', '/control/alerts', { payment: whopPaymentId, type: 'fraud' });
  const toNoor = await mailbox.next(address.noor, /^Early warning about \$45\.00/);
  expect(toNoor.text).toContain('Nothing has been taken, and the order goes on.');
  expect(toNoor.text).toContain(`${app.url}/sell/orders/${orderId}`);
  expect((await mailbox.next(address.mina, /^Early warning about \$45\.00/)).text).toContain('A refund now usually');
});

test('a refund of a part is told when it is through, once', async () => {
  const { orderId } = await adaBuys();
  await askRefund(app, orderId, 1_005);
  const toAda = await mailbox.next(address.ada, /^\$10\.05 went back to you/);
  expect(toAda.text).toContain('your statement when your bank has booked it');
  await mailbox.next(address.noor, /^\$10\.05 went back to the buyer/);
  await quiet(app);
  expect(await rows(app, 'notifications', { order_id: orderId, kind: 'refund.sent' })).toHaveLength(2);
});

test('all of it back is told once, by the end of the order', async () => {
  const { orderId } = await adaBuys();
  await askRefund(app, orderId, null);
  await mailbox.next(address.ada, /^Refunded:/);
  await quiet(app);
  expect(await rows(app, 'notifications', { order_id: orderId, kind: 'refund.sent' })).toEqual([]);
});

test('a refund that fails is told honestly to the buyer, and to the admin with Whop’s words; written off, with the reason', async () => {
  const { orderId } = await adaBuys();
  await app.emulator.faults({ money: { refunds: 'failed' } });
  const [id] = await askRefund(app, orderId, 700);
  const toAda = await mailbox.next(address.ada, /^Your refund did not come through yet/);
  expect(toAda.text).toContain('We asked for $7.00 to go back to you, and it was not taken.');
  const toMina = await mailbox.next(address.mina, /^A refund of \$7\.00 failed/);
  expect(toMina.text).toContain('It was not taken: The bank did not take the refund');
  expect(toMina.text).toContain(`${app.url}/admin/refunds/${id}`);
  await writeOff(app.services, await makeAdmin(app, 'Other Admin'), id!, 'The card was closed.');
  const end = await mailbox.next(address.ada, /^Your refund cannot be sent/);
  expect(end.text).toContain('> The card was closed.');
});

test('a refund that waits for the seller’s balance tells all three what happens next, once and not daily', async () => {
  const poor = await openShop(app, { sellerName: 'Poor Shop', maxActiveOrders: 50 });
  const { email } = await row(app, 'users', { id: poor.sellerId });
  const { orderId } = await buy(app, poor, { buyerId: adaId });
  await app.emulator.faults({ money: { requireBalance: true } });
  const [id] = await askRefund(app, orderId, null);
  const toSeller = await mailbox.next(email, /^A refund of \$45\.00 waits for your balance/);
  expect(toSeller.text).toContain('you cannot withdraw, and nothing new of yours is listed');
  expect((await mailbox.next(address.ada, /^Your refund takes longer/)).text).toContain('tried again every day');
  expect((await mailbox.next(address.mina, /^A refund of \$45\.00 waits/)).text).toContain(`/admin/refunds/${id}`);
  await app.database.withSystem('whop', (trx) => trx('refunds').where({ id }).update({ status: 'requested' }));
  await eventually(async () => expect(await row(app, 'refunds', { id })).toMatchObject({ attempt: 3 }));
  for (const user_id of [adaId, poor.sellerId])
    expect(await rows(app, 'notifications', { user_id, order_id: orderId, kind: 'refund.waiting' })).toHaveLength(1);
});

test('a withdrawal that fails at the bank is told with the bank’s reason and the way on', async () => {
  await adaBuys();
  const method = await app.emulator.call('POST', `/control/companies/${shop.companyId}/payout-methods`, {});
  await app.emulator.call('POST', `/control/companies/${shop.companyId}/settle`, {});
  const wish = {
    sellerId: shop.sellerId,
    amountCents: 1_000,
    currency: 'usd',
    payoutMethodId: (method as { id: string }).id,
    formKey: randomUUID(),
  };
  const id = await app.database.withSystem('whop', (trx) => storeWithdrawal(trx, wish));
  await runWithdrawal(app.services, id);
  const { whop_withdrawal_id } = await row(app, 'withdrawals', { id });
  await app.emulator.faults({ webhooks: { duplicate: 2 } });
  await app.emulator.call('POST', `/control/withdrawals/${whop_withdrawal_id}`, { status: 'failed' });
  const mail = await mailbox.next(address.noor, /^Your withdrawal of \$10\.00 did not go through/);
  expect(mail.text).toContain('It was not taken: The bank account could not be found.');
  expect(mail.text).toContain('The money is in your balance at Whop.');
  expect(mail.text).toContain(`${app.url}/sell/withdrawals`);
  await quiet(app);
  expect(await rows(app, 'notifications', { user_id: shop.sellerId, kind: 'withdrawal.failed' })).toHaveLength(1);
});

test('a guest hears of his refund through the link that opens his order', async () => {
  const { orderId, checkout } = await buy(app, shop);
  const guestId = randomUUID();
  await app.database.withSystem('seeds', async (trx) => {
    await trx('guest_buyers').insert({ id: guestId, email: 'guest@gigflow.test', token_hash: randomUUID() });
    const guest = { buyer_id: null, guest_buyer_id: guestId };
    await trx('whop_checkout_configs').where({ id: checkout.id }).update(guest);
    await trx('orders').where({ id: orderId }).update(guest);
  });
  await askRefund(app, orderId, 500);
  expect((await mailbox.next('guest@gigflow.test', /^\$5\.00 went back to you/)).text).toContain(`${app.url}/o/`);
});

test('no word about money leaves a gap, or speaks of escrow or of money being held', () => {
  for (const [kind, row] of Object.entries(MONEY_WORDS)) {
    for (const role of ['buyer', 'seller', 'admin'] as const) {
      if (!row[role] && !row.both) continue;
      const { subject, lines } = tell({ kind, role, title: 'T', otherName: null, reason: 'R', amount: '$1.00' });
      expect(subject + lines.join(' '), kind).not.toMatch(/[{}]|undefined|null/);
      expect(subject + lines.join(' '), kind).not.toMatch(/escrow|held\b|on hold|hold your|set aside|safekeep/i);
    }
  }
});
