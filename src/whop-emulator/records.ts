import type Whop from '@whop/sdk';

/** What the store keeps: cents and ISO times, never the wire shape; builders beside the routes make that. */

export interface User {
  id: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  username: string;
  /** Listed on the sign-in page. */
  persona: boolean;
  createdAt: string;
}

export type IdentityStatus = 'not_started' | 'pending' | 'approved' | 'rejected' | 'needs_action' | 'disabled';

export interface Identity {
  id: string;
  kind: 'individual' | 'business';
  status: IdentityStatus;
  payoutAccountId: string;
  verificationId: string;
  errorCode: Whop.VerificationErrorCode | null;
  errorReason: string | null;
  firstName: string | null;
  lastName: string | null;
  dateOfBirth: string | null;
  country: string | null;
  phone: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface Company {
  id: string;
  title: string;
  route: string;
  email: string | null;
  country: string | null;
  description: string | null;
  parentId: string | null;
  ownerId: string;
  ledgerId: string;
  metadata: Record<string, unknown> | null;
  sendCustomerEmails: boolean;
  identity: Identity;
  createdAt: string;
  updatedAt: string;
}

export interface AccountLink {
  id: string;
  companyId: string;
  useCase: 'account_onboarding' | 'payouts_portal';
  returnUrl: string;
  refreshUrl: string;
  expiresAt: string;
}

export interface Checkout {
  id: string;
  companyId: string;
  mode: 'payment' | 'setup';
  planId: string;
  productId: string;
  productTitle: string;
  productRoute: string;
  planType: string;
  planMetadata: Record<string, unknown> | null;
  visibility: string;
  releaseMethod: string;
  currency: Whop.Currency;
  priceCents: number;
  applicationFeeCents: number | null;
  affiliateCode: string | null;
  threeDsLevel: string | null;
  metadata: Record<string, unknown> | null;
  redirectUrl: string | null;
  /** The pin it was created with: only the stable model puts the plan into `purchase_url` (contract 4.1). */
  stableModel: boolean;
  expired: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface PaymentMethod {
  id: string;
  type: 'card' | 'sepa_debit';
  brand: 'visa' | 'mastercard' | null;
  last4: string | null;
  createdAt: string;
}

export interface Payment {
  id: string;
  checkoutId: string;
  companyId: string;
  userId: string;
  memberId: string;
  membershipId: string;
  status: 'open' | 'paid' | 'pending' | 'void';
  failed: boolean;
  currency: Whop.Currency;
  totalCents: number;
  applicationFee: { id: string; cents: number; createdAt: string } | null;
  failureMessage: string | null;
  failures: number;
  method: PaymentMethod | null;
  billingName: string | null;
  threeDsVerified: boolean;
  autoRefunded: boolean;
  disputeAlertedAt: string | null;
  createdAt: string;
  updatedAt: string;
  lastAttemptAt: string | null;
  paidAt: string | null;
}

export interface Refund {
  id: string;
  paymentId: string;
  companyId: string;
  cents: number;
  currency: Whop.Currency;
  status: Whop.RefundStatus;
  createdAt: string;
  settledAt: string | null;
}

export interface Dispute {
  id: string;
  paymentId: string;
  companyId: string;
  cents: number;
  currency: Whop.Currency;
  status: Whop.DisputeStatuses;
  reason: string;
  /** The money leaves the seller when the bank takes it, not at a warning (contract 5.2). */
  moneyTaken: boolean;
  /** What Whop takes for it, unless it is won. */
  feeCents?: number;
  evidence: Evidence;
  submittedAt: string | null;
  respondBy: string;
  createdAt: string;
  updatedAt: string;
}

export interface Evidence {
  accessActivityLog: string | null;
  billingAddress: string | null;
  cancellationPolicyDisclosure: string | null;
  customerEmailAddress: string | null;
  customerName: string | null;
  notes: string | null;
  productDescription: string | null;
  refundPolicyDisclosure: string | null;
  refundRefusalExplanation: string | null;
  serviceDate: string | null;
}

export interface DisputeAlert {
  id: string;
  paymentId: string;
  companyId: string;
  disputeId: string | null;
  type: Whop.DisputeAlertType;
  cents: number;
  /** What Whop takes for the warning. */
  feeCents?: number;
  currency: Whop.Currency;
  createdAt: string;
}

export interface ResolutionCase {
  id: string;
  paymentId: string;
  companyId: string;
  status: Whop.ResolutionCenterCaseStatus;
  issue: Whop.ResolutionCenterCaseIssueType;
  events: Whop.ResolutionCenterCaseRetrieveResponse.ResolutionEvent[];
  dueAt: string;
  createdAt: string;
  updatedAt: string;
}

/** One movement on a company's balance: available from `availableAt`, pending before. */
export interface LedgerEntry {
  id: string;
  companyId: string;
  cents: number;
  currency: Whop.Currency;
  cause: 'payment' | 'application_fee' | 'refund' | 'dispute' | 'dispute_fee' | 'transfer' | 'withdrawal';
  causeId: string;
  availableAt: string;
  createdAt: string;
}

export interface PayoutMethod {
  id: string;
  companyId: string;
  nickname: string | null;
  institutionName: string;
  accountReference: string;
  currency: string;
  countryCode: string;
  isDefault: boolean;
  createdAt: string;
}

export interface Withdrawal {
  id: string;
  companyId: string;
  cents: number;
  feeCents: number;
  currency: Whop.Currency;
  status: Whop.WithdrawalStatus;
  payoutMethodId: string | null;
  idempotencyKey: string | null;
  errorCode: Whop.Withdrawal['error_code'];
  errorMessage: string | null;
  traceCode: string | null;
  estimatedAvailability: string;
  createdAt: string;
}

export interface Transfer {
  id: string;
  originId: string;
  destinationId: string;
  cents: number;
  currency: Whop.Currency;
  notes: string | null;
  metadata: Record<string, unknown> | null;
  idempotenceKey: string | null;
  createdAt: string;
}

export interface Channel {
  id: string;
  kind: 'direct_message' | 'support';
  companyId: string | null;
  memberIds: string[];
  name: string | null;
  createdAt: string;
  lastMessageAt: string | null;
}

export interface Message {
  id: string;
  channelId: string;
  userId: string;
  content: string;
  replyingToId: string | null;
  edited: boolean;
  pinned: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface WebhookEndpoint {
  id: string;
  url: string;
  companyId: string;
  events: string[];
  childResourceEvents: boolean;
  enabled: boolean;
  pin: string;
  secret: string;
  createdAt: string;
}

export interface DeliveryAttempt {
  at: string;
  status: number | null;
  error: string | null;
  ms: number;
}

/** One event on its way to one endpoint; keeps its message id over all attempts (contract 11.1). */
export interface Delivery {
  id: string;
  messageId: string;
  endpointId: string;
  type: string;
  companyId: string | null;
  timestamp: string;
  /** The object as SDK 0.0.42 types it, and as pins from 2026-09 send it where that differs. */
  data: unknown;
  nativeData: unknown;
  status: 'pending' | 'delivered' | 'failed' | 'dropped';
  attempts: DeliveryAttempt[];
  createdAt: string;
}

export interface AuthorizationCode {
  code: string;
  userId: string;
  redirectUri: string;
  scope: string;
  nonce: string | null;
  challenge: string;
  used: boolean;
  expiresAt: string;
}

export interface OAuthGrant {
  refreshToken: string;
  userId: string;
  scope: string;
  revoked: boolean;
  createdAt: string;
}

export interface OAuthAccess {
  accessToken: string;
  userId: string;
  scope: string;
  expiresAt: string;
}

export interface ApiKey {
  secret: string;
  companyId: string;
  name: string | null;
  id: string;
}

export interface StoredAnswer {
  fingerprint: string;
  /** Null while the first request is still running. */
  answer: { status: number; body: string } | null;
  createdAt: string;
}

export interface ThreeDsAttempt {
  id: string;
  checkoutId: string;
  email: string;
  name: string | null;
  card: { brand: 'visa' | 'mastercard'; last4: string };
  query: string;
}

export interface ApiCall {
  /** Went out as `x-request-id`. */
  requestId: string;
  at: string;
  method: string;
  path: string;
  status: number | null;
  idempotencyKey: string | null;
  replayed: boolean;
  body: unknown;
}

export interface Registration {
  appUrl: string;
  redirectUris: string[];
  webhookUrl: string;
}
