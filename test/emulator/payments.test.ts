import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Whop from '@whop/sdk';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { addSeller, checkoutBody, expectShape, fixture, paidOrder, setStage, type Stage, until } from './support.ts';

let stage: Stage;
let whop: Whop;
let seller: Whop.Company;
beforeAll(async () => {
  stage = await setStage();
  whop = stage.whop;
  seller = await addSeller(whop);
});
afterAll(() => stage.stop());

const settled = (id: string): Promise<Whop.Payment> =>
  until(
    () => whop.payments.retrieve(id),
    ({ refunds }) => refunds.every(({ status }) => status !== 'pending'),
  );

describe('checkout configurations', () => {
  test('are made on the seller in the native shape, which never tells the fee', async () => {
    const made = await whop.checkoutConfigurations.create(checkoutBody(seller.id));
    expectShape(made, fixture('rest/checkout_configuration'));
    expect(JSON.stringify(made)).not.toContain('22.5');
    expect(await whop.checkoutConfigurations.retrieve(made.id)).toEqual(made);
    const list = await whop.checkoutConfigurations.list({ account_id: seller.id });
    expect(list.data.map(({ id }) => id)).toContain(made.id);
    await whop.checkoutConfigurations.delete(made.id);
    await expect(whop.checkoutConfigurations.retrieve(made.id)).rejects.toBeInstanceOf(Whop.NotFoundError);
  });

  test('are made in the stable model by its own pin', async () => {
    const { account_id: _accountId, ...plan } = checkoutBody(seller.id).plan!;
    const body = { plan: { ...plan, company_id: seller.id }, metadata: { gigflow_order_id: '1' } };
    const made = await whop.checkoutConfigurations.create(body, { headers: { 'Api-Version-Date': '2025-01-01' } });
    expectShape(made, fixture('variants/checkout_configuration.stable-2025-01-01'));
    expect(made.purchase_url).toContain(`/?session=${made.id}`);
    await expect(whop.checkoutConfigurations.create(body)).rejects.toMatchObject({
      error: { error: { param: 'account_id' } },
    });
  });

  test.each([
    ['a fee of nothing', { application_fee_amount: 0 }],
    ['a fee as high as the price', { application_fee_amount: 150 }],
    ['a price below the least', { initial_price: 0.5 }],
    ['thousandths', { initial_price: 10.005 }],
  ])('refuse %s', async (_name, change) => {
    const made = whop.checkoutConfigurations.create(checkoutBody(seller.id, change));
    await expect(made).rejects.toMatchObject({ status: 400, error: { error: { code: 'parameter_invalid' } } });
  });

  test('refuse a way back over plain http, except to this machine', async () => {
    const body = checkoutBody(seller.id);
    await expect(
      whop.checkoutConfigurations.create({ ...body, redirect_url: 'http://gigflow.example/orders' }),
    ).rejects.toMatchObject({ error: { error: { param: 'redirect_url' } } });
    const made = await whop.checkoutConfigurations.create({ ...body, redirect_url: 'http://localhost:3000/orders' });
    expect(made.redirect_url).toBe('http://localhost:3000/orders');
  });

  test('refuse a fee on a company without a parent, and a foreign company altogether', async () => {
    await expect(
      whop.checkoutConfigurations.create(checkoutBody(EMULATOR_CREDENTIALS.platformCompanyId)),
    ).rejects.toThrow('connected accounts');
    await expect(whop.checkoutConfigurations.create(checkoutBody('biz_Nobody'))).rejects.toBeInstanceOf(
      Whop.NotFoundError,
    );
  });
});

describe('a paid order', () => {
  test('splits 150.00 into fee, processing and net', async () => {
    const { payment, checkoutId } = await paidOrder(stage, seller.id);
    expectShape(payment, fixture('rest/payment.paid'));
    expect(payment).toMatchObject({
      status: 'paid',
      substatus: 'succeeded',
      total: 150,
      amount_after_fees: 123.15,
      application_fee: { amount: 22.5, amount_captured: 22.5, amount_refunded: 0 },
      checkout_configuration_id: checkoutId,
      company: { id: seller.id },
      user: { id: 'user_EmuAda00000001', email: 'ada@gigflow.test' },
      metadata: { gigflow_order_id: 'order-1042' },
      refundable: true,
    });
    const fees = await whop.payments.listFees(payment.id);
    expectShape(fees.data, fixture('rest/payment.fees').data);
    expect(fees.data.map(({ amount }) => amount)).toEqual([22.5, 4.05, 0.3]);
  });

  test('is pending money for two days, or until it is told otherwise', async () => {
    const other = await addSeller(whop);
    await paidOrder(stage, other.id);
    const before = await whop.ledgerAccounts.retrieve(other.id);
    expectShape(before.balances, fixture('rest/ledger_account.connected').balances);
    expect(before.balances[0]).toMatchObject({ balance: 0, pending_balance: 123.15 });
    await stage.control.call('POST', `/control/companies/${other.id}/settle`);
    const after = await whop.ledgerAccounts.retrieve(other.id);
    expect(after.balances[0]).toMatchObject({ balance: 123.15, pending_balance: 0 });
  });

  test('can be found without a webhook', async () => {
    const { payment, checkoutId } = await paidOrder(stage, seller.id);
    const list = await whop.payments.list({
      company_id: seller.id,
      checkout_configuration_ids: [checkoutId, 'ch_other'],
      statuses: ['paid'],
      created_after: '2026-01-01T00:00:00Z',
    });
    expect(list.data.map(({ id }) => id)).toEqual([payment.id]);
    expect(list.data[0]).not.toHaveProperty('refunds');
    expect((await whop.payments.list({ company_id: seller.id, updated_after: '2099-01-01T00:00:00Z' })).data).toEqual(
      [],
    );
    const none = await whop.payments.list({ checkout_configuration_ids: [checkoutId], statuses: ['open'] });
    expect(none.data).toEqual([]);
  });

  test('may be paid twice: nothing stops a second payment', async () => {
    const { checkoutId } = await paidOrder(stage, seller.id);
    await stage.control.pay(checkoutId);
    const paid = await whop.payments.list({ checkout_configuration_ids: [checkoutId], statuses: ['paid'] });
    expect(paid.data).toHaveLength(2);
  });

  test('can lack its fee or be off by a cent when told to', async () => {
    await stage.control.faults({ money: { skipFee: true, amountOff: -1 } });
    const { payment } = await paidOrder(stage, seller.id);
    await stage.control.faults({});
    expect(payment).toMatchObject({ application_fee: null, total: 149.99 });
    expect((await whop.payments.listFees(payment.id)).data.map(({ type }) => type)).not.toContain('application_fee');
  });
});

describe('other ends of a payment', () => {
  test('a declined card leaves an open payment with its reason', async () => {
    const checkout = await whop.checkoutConfigurations.create(checkoutBody(seller.id));
    const { id } = await stage.control.pay(checkout.id, 'failed');
    expect(await whop.payments.retrieve(id)).toMatchObject({
      status: 'open',
      substatus: 'failed',
      failure_message: 'Your card was declined.',
      application_fee: null,
      refundable: false,
    });
    await expect(whop.payments.refund(id)).rejects.toThrow('cannot be refunded');
    expect((await whop.payments.void(id)).status).toBe('void');
  });

  test('a bank debit stays pending until the bank has answered', async () => {
    const checkout = await whop.checkoutConfigurations.create(checkoutBody(seller.id));
    const { id } = await stage.control.pay(checkout.id, 'pending');
    expect(await whop.payments.retrieve(id)).toMatchObject({ status: 'pending', payment_method_type: 'sepa_debit' });
    await stage.control.call('POST', `/control/payments/${id}/complete`, { outcome: 'paid' });
    expect((await whop.payments.retrieve(id)).status).toBe('paid');
  });
});

describe('a refund', () => {
  test('in parts ends at exactly nothing left, and keeps the fee', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    const asked = await whop.payments.refund(payment.id, { partial_amount: 60 });
    expect(asked.refunds[0]).toMatchObject({ amount: 60, status: 'pending' });

    const partial = await settled(payment.id);
    expectShape(partial, fixture('rest/payment.partially_refunded'));
    expect(partial).toMatchObject({ status: 'paid', substatus: 'partially_refunded', refunded_amount: 60 });
    await expect(whop.payments.refund(payment.id, { partial_amount: 90.01 })).rejects.toThrow('remaining amount');

    await whop.payments.refund(payment.id);
    const full = await settled(payment.id);
    expectShape(full, fixture('rest/payment.refunded'));
    expect(full).toMatchObject({ status: 'paid', substatus: 'refunded', refunded_amount: 150, refundable: false });
    expect(full.application_fee).toMatchObject({ amount_captured: 22.5, amount_refunded: 0 });
    await expect(whop.payments.refund(payment.id)).rejects.toThrow('already been refunded');
  });

  test('takes its whole amount from the seller, below zero if it must', async () => {
    const other = await addSeller(whop);
    const { payment } = await paidOrder(stage, other.id);
    await whop.payments.refund(payment.id);
    await settled(payment.id);
    expect((await whop.ledgerAccounts.retrieve(other.id)).balances[0]?.pending_balance).toBe(-26.85);
  });

  test('is refused for want of balance when told to be', async () => {
    const other = await addSeller(whop);
    const { payment } = await paidOrder(stage, other.id);
    await stage.control.faults({ money: { requireBalance: true } });
    await expect(whop.payments.refund(payment.id)).rejects.toMatchObject({
      error: { error: { code: 'not_enough_balance' } },
    });
    await whop.payments.refund(payment.id, { partial_amount: 100 });
    await stage.control.faults({});
    expect((await settled(payment.id)).refunded_amount).toBe(100);
  });

  test('can fail at the bank and be asked for again', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    await stage.control.faults({ money: { refunds: 'pending' } });
    const { refunds } = await whop.payments.refund(payment.id);
    await expect(whop.payments.refund(payment.id)).rejects.toThrow('already been refunded');
    await stage.control.call('POST', `/control/refunds/${refunds[0]!.id}`, { status: 'failed' });
    await stage.control.faults({});
    expect(await whop.payments.retrieve(payment.id)).toMatchObject({ substatus: 'succeeded', refunded_amount: 0 });

    await whop.payments.refund(payment.id);
    expect((await settled(payment.id)).refunds.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  test('is listed by seller and tells about its payment', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    await whop.payments.refund(payment.id);
    const { refunds } = await settled(payment.id);
    const refund = await whop.refunds.retrieve(refunds[0]!.id);
    expectShape(refund, fixture('rest/refund'));
    expect(refund.payment?.metadata).toEqual({ gigflow_order_id: 'order-1042' });
    const list = await whop.refunds.list({ company_id: seller.id, payment_id: payment.id });
    expectShape(list.data, fixture('rest/refunds.list').data);
    expect(list.data.map(({ id }) => id)).toEqual([refund.id]);
  });
});

describe('a dispute', () => {
  const balanceOf = async (id: string): Promise<number | undefined> =>
    (await whop.ledgerAccounts.retrieve(id)).balances[0]?.pending_balance;
  const disputed = async (
    status: string,
  ): Promise<{ companyId: string; payment: Whop.Payment; dispute: Whop.Dispute }> => {
    const { id: companyId } = await addSeller(whop);
    const { payment } = await paidOrder(stage, companyId);
    const body = await stage.control.call('POST', `/control/payments/${payment.id}/dispute`, { status });
    return { companyId, payment, dispute: body as Whop.Dispute };
  };

  test('takes the money, blocks refunds and gives it back when won', async () => {
    const { companyId, payment, dispute } = await disputed('needs_response');
    expectShape(await whop.disputes.retrieve(dispute.id), fixture('rest/dispute'));
    expect(await balanceOf(companyId)).toBe(-26.85);
    expect(await whop.payments.retrieve(payment.id)).toMatchObject({
      status: 'paid',
      substatus: 'dispute_needs_response',
      refundable: false,
      disputes: [{ id: dispute.id }],
    });
    await expect(whop.payments.refund(payment.id)).rejects.toThrow('has been disputed');

    await stage.control.call('POST', `/control/disputes/${dispute.id}`, { status: 'won' });
    expect(await balanceOf(companyId)).toBe(123.15);
    expect((await whop.payments.retrieve(payment.id)).substatus).toBe('dispute_won');
  });

  test('that is lost leaves no refund behind', async () => {
    const { payment, dispute } = await disputed('needs_response');
    await stage.control.call('POST', `/control/payments/${payment.id}/dispute`, { status: 'lost' });
    expect(await whop.payments.retrieve(payment.id)).toMatchObject({
      substatus: 'dispute_lost',
      refunds: [],
      refunded_amount: 0,
    });
    expect((await whop.disputes.retrieve(dispute.id)).editable).toBe(false);
  });

  test('takes nothing while it is a warning, and evidence answers it', async () => {
    const { companyId, dispute } = await disputed('warning_needs_response');
    expect(await balanceOf(companyId)).toBe(123.15);
    await whop.disputes.updateEvidence(dispute.id, { notes: 'Delivered on time.', service_date: '2026-09-01' });
    const sent = await whop.disputes.submitEvidence(dispute.id);
    expect(sent).toMatchObject({ status: 'warning_under_review', notes: 'Delivered on time.', editable: false });
    await expect(whop.disputes.updateEvidence(dispute.id, { notes: 'More' })).rejects.toThrow('no longer be changed');
    expect((await whop.disputes.list({ company_id: companyId })).data.map(({ id }) => id)).toEqual([dispute.id]);
  });

  test('may announce itself, and a buyer may complain to Whop', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    const alert = (await stage.control.call('POST', '/control/alerts', { payment: payment.id })) as { id: string };
    expectShape(await whop.disputeAlerts.retrieve(alert.id), fixture('dispute_alert.created').data);
    expect((await whop.payments.retrieve(payment.id)).dispute_alerted_at).not.toBeNull();
    expect((await whop.disputeAlerts.list({ company_id: seller.id })).data[0]?.payment).toEqual({ id: payment.id });

    const complaint = (await stage.control.call('POST', '/control/cases', { payment: payment.id })) as { id: string };
    expectShape(
      await whop.resolutionCenterCases.retrieve(complaint.id),
      fixture('resolution_center_case.created').data,
    );
    await stage.control.call('POST', `/control/cases/${complaint.id}`, { status: 'merchant_won' });
    const list = await whop.resolutionCenterCases.list({ company_id: seller.id, statuses: ['merchant_won'] });
    expect(list.data.map(({ id }) => id)).toEqual([complaint.id]);
  });
});
