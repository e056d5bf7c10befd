import { EMULATOR_CREDENTIALS } from '../src/whop-emulator/credentials.ts';
import { record, settlesAt } from '../src/whop-emulator/domain/ledger.ts';
import { netCents } from '../src/whop-emulator/domain/paying.ts';
import { userByEmail } from '../src/whop-emulator/domain/people.ts';
import type { Payment } from '../src/whop-emulator/records.ts';
import type { Store } from '../src/whop-emulator/store.ts';
import { whopId } from './steps/ids.ts';

export interface Seller {
  username: string;
  id: string;
  email: string;
  title: string;
  country: string;
  createdAt: Date;
}

export interface Sale {
  checkoutId: string;
  whopCheckoutId: string;
  planId: string;
  title: string;
  gigId: string;
  paymentId: string;
  currency: 'usd';
  totalCents: number;
  feeCents: number;
  buyerEmail: string;
  buyerName: string;
  at: Date;
  refundId: string | null;
  refundedAt: Date | null;
  transferId: string | null;
}

const platform = EMULATOR_CREDENTIALS.platformCompanyId;

/** A connected company as onboarding leaves it once the identity check is passed and a bank account is there. */
export function addSeller(store: Store, seller: Seller): void {
  const id = whopId('biz', seller.username);
  const at = seller.createdAt.toISOString();
  const [firstName = null, ...rest] = seller.title.split(' ');
  store.companies.set(id, {
    id,
    title: seller.title,
    route: `${seller.username}-${id.slice(-4).toLowerCase()}`,
    email: seller.email,
    country: seller.country,
    description: null,
    parentId: platform,
    ownerId: userByEmail(store, seller.email, seller.title).id,
    ledgerId: whopId('ldgr', seller.username),
    metadata: { gigflow_user_id: seller.id },
    sendCustomerEmails: false,
    identity: {
      id: whopId('idpf', seller.username),
      kind: 'individual',
      status: 'approved',
      payoutAccountId: whopId('poact', seller.username),
      verificationId: whopId('verf', seller.username),
      errorCode: null,
      errorReason: null,
      firstName,
      lastName: rest.join(' ') || null,
      dateOfBirth: '1990-01-15',
      country: seller.country.toUpperCase(),
      phone: null,
      createdAt: at,
      updatedAt: at,
    },
    createdAt: at,
    updatedAt: at,
  });
  const methodId = whopId('potk', seller.username);
  store.payoutMethods.set(methodId, {
    id: methodId,
    companyId: id,
    nickname: 'Main bank account',
    institutionName: 'Example Bank',
    accountReference: '****4471',
    currency: 'usd',
    countryCode: seller.country.toUpperCase(),
    isDefault: true,
    createdAt: at,
  });
}

export function addSale(store: Store, companyId: string, sale: Sale): void {
  const at = sale.at.toISOString();
  const user = userByEmail(store, sale.buyerEmail, sale.buyerName);
  const member = `${companyId}/${user.id}`;
  const route = `gig-${sale.gigId}`;
  store.checkouts.set(sale.whopCheckoutId, {
    id: sale.whopCheckoutId,
    companyId,
    mode: 'payment',
    planId: sale.planId,
    productId: whopId('prod', route),
    productTitle: sale.title,
    productRoute: route,
    planType: 'one_time',
    planMetadata: null,
    visibility: 'hidden',
    releaseMethod: 'buy_now',
    currency: sale.currency,
    priceCents: sale.totalCents,
    applicationFeeCents: sale.feeCents,
    affiliateCode: null,
    threeDsLevel: null,
    metadata: { gigflow_checkout_id: sale.checkoutId },
    redirectUrl: null,
    stableModel: false,
    expired: false,
    createdAt: at,
    updatedAt: at,
  });
  const payment: Payment = {
    id: sale.paymentId,
    checkoutId: sale.whopCheckoutId,
    companyId,
    userId: user.id,
    memberId: whopId('mber', member),
    membershipId: whopId('mem', sale.paymentId),
    status: 'paid',
    failed: false,
    currency: sale.currency,
    totalCents: sale.totalCents,
    applicationFee: { id: whopId('apfee', sale.paymentId), cents: sale.feeCents, createdAt: at },
    failureMessage: null,
    failures: 0,
    method: { id: whopId('payt', member), type: 'card', brand: 'visa', last4: '4242', createdAt: at },
    billingName: sale.buyerName,
    threeDsVerified: false,
    autoRefunded: false,
    disputeAlertedAt: null,
    createdAt: at,
    updatedAt: at,
    lastAttemptAt: at,
    paidAt: at,
  };
  store.payments.set(payment.id, payment);
  const { currency } = sale;
  record(store, {
    companyId,
    currency,
    cause: 'payment',
    causeId: payment.id,
    cents: netCents(payment),
    availableAt: settlesAt(at),
  });
  record(store, {
    companyId: platform,
    currency,
    cause: 'application_fee',
    causeId: whopId('apfee', sale.paymentId),
    cents: sale.feeCents,
    availableAt: at,
  });
  if (sale.refundId && sale.refundedAt) addRefund(store, payment, sale.refundId, sale.refundedAt.toISOString());
  if (sale.transferId && sale.refundedAt)
    addFeeReturn(store, payment, sale.transferId, sale.feeCents, sale.refundedAt.toISOString());
}

function addRefund(store: Store, payment: Payment, id: string, at: string): void {
  const { companyId, currency, totalCents: cents } = payment;
  store.refunds.set(id, {
    id,
    paymentId: payment.id,
    companyId,
    cents,
    currency,
    status: 'succeeded',
    createdAt: at,
    settledAt: at,
  });
  record(store, { companyId, currency, cause: 'refund', causeId: id, cents: -cents, availableAt: at });
}

function addFeeReturn(
  store: Store,
  { companyId, currency }: Payment,
  id: string,
  cents: number,
  createdAt: string,
): void {
  store.transfers.set(id, {
    id,
    originId: platform,
    destinationId: companyId,
    cents,
    currency,
    notes: null,
    metadata: null,
    idempotenceKey: id,
    createdAt,
  });
  const moved = { currency, cause: 'transfer' as const, causeId: id, availableAt: createdAt };
  record(store, { ...moved, companyId: platform, cents: -cents });
  record(store, { ...moved, companyId, cents });
}
