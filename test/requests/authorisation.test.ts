import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { guestToken } from '../../src/models/guest-buyer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { visit, type Client } from '../support/client.ts';
import { asSystem, createPerson, orderIn, placeOrder, setScene, signIn, type Scene } from '../support/orders.ts';
import { allRoutes } from '../support/routes.ts';

/** Who asks, in the order of the columns below. The guest holds the link to his own order; the suspended one has an order too. */
const CAST = ['nobody', 'stranger', 'guest', 'suspended', 'admin', 'seller', 'buyer'] as const;
type Actor = (typeof CAST)[number];

/** Signing out would end the sessions of the cast; test/requests/sessions.test.ts tries it. */
const ELSEWHERE = new Set(['GET /logout', 'POST /logout']);

/**
 * What each of them is answered, by route: empty forms, so that 422 and 409 mean “you may, but not like this”. `login` sends to
 * the sign-in page. Parts of an order that nobody made (a proposal, a file) are addressed by ids that do not exist.
 */
// prettier-ignore
const TABLE: Record<string, string> = {
  'GET /healthz': '200   200   200   200   200   200   200',
  'GET /readyz': '200   200   200   200   200   200   200',
  'GET /metrics': '404   404   404   404   404   404   404',
  'POST /api/webhooks/whop': '401   401   401   401   401   401   401',
  'GET /login': '200   303   200   303   303   303   303',
  'POST /login': '422   422   422   422   422   422   422',
  'GET /login/second-factor': '303   303   303   303   303   303   303',
  'POST /login/second-factor': '303   303   303   303   303   303   303',
  'GET /signup': '200   303   200   303   303   303   303',
  'POST /signup': '422   422   422   422   422   422   422',
  'GET /api/auth/whop/authorize': '302   302   302   302   302   302   302',
  'GET /api/auth/callback/whop': '403   403   403   403   403   403   403',
  'GET /.well-known/security.txt': '200   200   200   200   200   200   200',
  'GET /.well-known/change-password': '303   303   303   303   303   303   303',
  'GET /password-resets': '200   200   200   200   200   200   200',
  'POST /password-resets': '422   422   422   422   422   422   422',
  'GET /password-resets/:token': '410   410   410   410   410   410   410',
  'POST /password-resets/:token': '422   422   422   422   422   422   422',
  'GET /email-verifications': '303   303   303   303   303   303   303',
  'POST /email-verifications': 'login 409   login 409   409   409   409',
  'GET /email-verifications/:token': '410   410   410   410   410   410   410',
  'POST /email-verifications/:token': '410   410   410   410   410   410   410',
  'GET /email-changes/:token': '410   410   410   410   410   410   410',
  'POST /email-changes/:token': '410   410   410   410   410   410   410',
  'GET /whop-joins/:token': '410   410   410   410   410   410   410',
  'POST /whop-joins/:token': '410   410   410   410   410   410   410',
  'GET /account/whop': 'login 200   login 200   200   200   200',
  'POST /account/whop': 'login 303   login 403   303   303   303',
  'GET /account/whop/unlink': '303   303   303   303   303   303   303',
  'POST /account/whop/unlink': 'login 303   login 403   303   303   303',
  'GET /api/chat/token': '401   404   401   403   404   404   404',
  'GET /api/token': '401   404   401   403   404   404   404',
  'GET /api/sell/payouts-token': '401   403   401   403   403   200   403',
  'GET /sell/payouts': 'login 303   login 303   303   200   303',
  'GET /sell/payouts/portal': '303   303   303   303   303   303   303',
  'POST /sell/payouts/portal': 'login 404   login 403   404   200   404',
  'GET /': '200   200   200   200   200   200   200',
  'GET /search': '200   200   200   200   200   200   200',
  'GET /categories/:slug': '200   200   200   200   200   200   200',
  'GET /categories/:slug/feed.atom': '200   200   200   200   200   200   200',
  'GET /gigs/:slug': '200   200   200   200   200   200   200',
  'GET /@:username': '200   200   200   200   200   200   200',
  'GET /@:username/posts/:id': '404   404   404   404   404   404   404',
  'GET /favorites': 'login 200   login 200   200   200   200',
  'POST /favorites': 'login 404   login 403   404   404   404',
  'GET /favorites/removal': '303   303   303   303   303   303   303',
  'POST /favorites/removal': 'login 404   login 403   404   404   404',
  'GET /images/:id/:width.:format': '404   404   404   404   404   404   404',
  'GET /avatars/:id/:width.webp': '404   404   404   404   404   404   404',
  'GET /how-orders-work': '200   200   200   200   200   200   200',
  'GET /fees': '200   200   200   200   200   200   200',
  'GET /how-ranking-works': '200   200   200   200   200   200   200',
  'GET /terms': '200   200   200   200   200   200   200',
  'GET /privacy': '200   200   200   200   200   200   200',
  'GET /robots.txt': '200   200   200   200   200   200   200',
  'GET /sitemap.xml': '200   200   200   200   200   200   200',
  'GET /styleguide': '200   200   200   200   200   200   200',
  'GET /gigs/:slug/order': '200   200   200   200   200   200   200',
  'GET /checkouts': '303   303   303   303   303   303   303',
  'POST /checkouts': '404   404   404   403   404   404   404',
  'POST /api/checkout/create': '404   404   404   403   404   404   404',
  'GET /checkouts/:id': 'login 404   404   404   404   404   404',
  'GET /checkout/complete': '404   404   404   404   404   404   404',
  'POST /api/checkout/confirm': '404   404   404   404   404   404   404',
  'GET /o/:token': '404   404   404   404   404   404   404',
  'GET /order-links': '200   200   200   200   200   200   200',
  'POST /order-links': '422   422   422   422   422   422   422',
  'GET /orders/:id/claim': 'login 404   login 404   404   404   404',
  'POST /orders/:id/claim': 'login 404   login 403   404   404   404',
  'GET /orders': 'login 200   200   200   200   200   200',
  'GET /orders/:id': 'login 404   200   200   200   200   200',
  'GET /sell/orders': 'login 303   login 303   303   200   303',
  'GET /sell/orders/:id': 'login 404   login 404   404   200   404',
  'GET /orders/:id/requirements': 'login 404   200   200   200   200   200',
  'POST /orders/:id/requirements': 'login 404   422   403   403   403   422',
  'GET /orders/:id/requirements/draft': 'login 404   303   303   303   303   303',
  'POST /orders/:id/requirements/draft': 'login 404   303   403   403   403   303',
  'GET /orders/:id/deliveries': 'login 404   403   403   403   200   403',
  'POST /orders/:id/deliveries': 'login 404   403   403   403   422   403',
  'POST /orders/:id/deliveries/draft': 'login 404   403   403   403   303   403',
  'GET /orders/:id/revisions': 'login 404   409   403   403   403   409',
  'POST /orders/:id/revisions': 'login 404   409   403   403   403   409',
  'GET /orders/:id/acceptance': 'login 404   409   403   403   403   409',
  'POST /orders/:id/acceptance': 'login 404   409   403   403   403   409',
  'GET /orders/:id/reviews': 'login 404   409   403   403   409   409',
  'POST /orders/:id/reviews': 'login 404   409   403   403   409   409',
  'GET /attachments/:id': 'login 404   404   404   404   404   404',
  'GET /orders/:id/reviews/reply': 'login 404   200   403   403   200   200',
  'POST /orders/:id/reviews/reply': 'login 404   422   403   403   422   422',
  'GET /orders/:id/messages': 'login 404   200   200   200   200   200',
  'POST /orders/:id/messages': 'login 404   422   403   403   422   422',
  'GET /orders/:id/cancellations': 'login 404   200   403   403   200   200',
  'POST /orders/:id/cancellations': 'login 404   422   403   403   422   422',
  'GET /orders/:id/extensions': 'login 404   409   403   403   200   200',
  'POST /orders/:id/extensions': 'login 404   409   403   403   422   422',
  'GET /orders/:id/settlements': 'login 404   409   403   403   200   200',
  'POST /orders/:id/settlements': 'login 404   409   403   403   422   422',
  'GET /orders/:id/cancellations/:pid/acceptance': 'login 404   404   404   404   404   404',
  'POST /orders/:id/cancellations/:pid/acceptance': 'login 404   404   403   403   404   404',
  'POST /orders/:id/cancellations/:pid/decline': 'login 404   404   403   403   404   404',
  'POST /orders/:id/cancellations/:pid/withdrawal': 'login 404   404   403   403   404   404',
  'GET /orders/:id/cancellations/:pid/decline': 'login 404   303   303   303   303   303',
  'GET /orders/:id/cancellations/:pid/withdrawal': 'login 404   303   303   303   303   303',
  'GET /orders/:id/extensions/:pid/acceptance': 'login 404   404   404   404   404   404',
  'POST /orders/:id/extensions/:pid/acceptance': 'login 404   404   403   403   404   404',
  'POST /orders/:id/extensions/:pid/decline': 'login 404   404   403   403   404   404',
  'POST /orders/:id/extensions/:pid/withdrawal': 'login 404   404   403   403   404   404',
  'GET /orders/:id/extensions/:pid/decline': 'login 404   303   303   303   303   303',
  'GET /orders/:id/extensions/:pid/withdrawal': 'login 404   303   303   303   303   303',
  'GET /orders/:id/settlements/:pid/acceptance': 'login 404   404   404   404   404   404',
  'POST /orders/:id/settlements/:pid/acceptance': 'login 404   404   403   403   404   404',
  'POST /orders/:id/settlements/:pid/decline': 'login 404   404   403   403   404   404',
  'POST /orders/:id/settlements/:pid/withdrawal': 'login 404   404   403   403   404   404',
  'GET /orders/:id/settlements/:pid/decline': 'login 404   303   303   303   303   303',
  'GET /orders/:id/settlements/:pid/withdrawal': 'login 404   303   303   303   303   303',
  'GET /orders/:id/unstarted-cancellation': 'login 404   403   403   403   409   403',
  'POST /orders/:id/unstarted-cancellation': 'login 404   403   403   403   409   403',
  'GET /orders/:id/suspended-cancellation': 'login 404   409   403   403   409   409',
  'POST /orders/:id/suspended-cancellation': 'login 404   409   403   403   409   409',
  'GET /orders/:id/late-cancellation': 'login 404   409   403   403   403   409',
  'POST /orders/:id/late-cancellation': 'login 404   409   403   403   403   409',
  'GET /orders/:id/delay-report': 'login 404   409   403   403   403   409',
  'POST /orders/:id/delay-report': 'login 404   409   403   403   403   409',
  'GET /orders/:id/disputes': 'login 404   409   403   403   200   200',
  'POST /orders/:id/disputes': 'login 404   409   403   403   422   422',
  'GET /orders/:id/disputes/:did/statements': 'login 404   409   403   409   409   409',
  'POST /orders/:id/disputes/:did/statements': 'login 404   409   403   409   409   409',
  'GET /orders/:id/disputes/:did/withdrawal': 'login 404   303   303   303   303   303',
  'POST /orders/:id/disputes/:did/withdrawal': 'login 404   404   403   403   404   404',
  'GET /orders/:id/extras': 'login 404   409   403   403   403   200',
  'POST /orders/:id/extras': 'login 404   409   403   403   403   422',
  'GET /orders/:id/tips': 'login 404   409   403   403   403   409',
  'POST /orders/:id/tips': 'login 404   409   403   403   403   409',
  'GET /orders/:id/record': 'login 404   200   200   200   200   200',
  'POST /api/orders/:id/requirements': '401   404   422   403   403   403   422',
  'POST /api/orders/:id/deliver': '401   404   403   403   403   422   403',
  'POST /api/orders/:id/request-revision': '401   404   409   403   403   403   409',
  'POST /api/orders/:id/accept-delivery': '401   404   409   403   403   403   409',
  'POST /api/orders/:id/review': '401   404   409   403   403   409   409',
  'GET /events': '401   200   401   403   200   200   200',
  'GET /notifications': 'login 200   login 200   200   200   200',
  'GET /notifications/unread': 'login 303   login 303   303   303   303',
  'GET /notifications/reading': 'login 303   login 303   303   303   303',
  'POST /notifications/reading': 'login 303   login 303   303   303   303',
  'GET /account': 'login 200   login 200   200   200   200',
  'GET /account/profile': 'login 200   login 200   200   200   200',
  'POST /account/profile': 'login 422   login 403   422   422   422',
  'GET /account/avatar': '303   303   303   303   303   303   303',
  'GET /account/avatar/removal': '303   303   303   303   303   303   303',
  'POST /account/avatar': 'login 422   login 403   422   422   422',
  'POST /account/avatar/removal': 'login 303   login 403   303   303   303',
  'GET /account/security': 'login 200   login 200   200   200   200',
  'GET /account/security/password': '303   303   303   303   303   303   303',
  'GET /account/security/email': '303   303   303   303   303   303   303',
  'POST /account/security/password': 'login 422   login 422   422   422   422',
  'POST /account/security/email': 'login 422   login 422   422   422   422',
  'GET /account/security/second-factor': 'login 200   login 200   200   200   200',
  'POST /account/security/second-factor': 'login 303   login 303   303   303   303',
  'POST /account/security/second-factor/confirmation': 'login 422   login 422   422   422   422',
  'POST /account/security/second-factor/removal': 'login 422   login 422   422   422   422',
  'GET /account/security/second-factor/confirmation': '303   303   303   303   303   303   303',
  'GET /account/security/second-factor/removal': '303   303   303   303   303   303   303',
  'GET /account/sessions': 'login 200   login 200   200   200   200',
  'GET /account/sessions/ending': '303   303   303   303   303   303   303',
  'POST /account/sessions/ending': 'login 404   login 404   404   404   404',
  'GET /account/export': 'login 200   login 200   200   200   200',
  'GET /account/deletion': 'login 200   login 200   200   200   200',
  'POST /account/deletion': 'login 422   login 422   422   422   422',
  'GET /account/deletion/withdrawal': '303   303   303   303   303   303   303',
  'POST /account/deletion/withdrawal': 'login 303   login 303   303   303   303',
  'GET /sell/onboarding': 'login 200   login 200   200   200   200',
  'POST /sell/onboarding': 'login 422   login 403   422   422   422',
  'POST /api/sell/onboard': '401   422   401   403   422   422   422',
  'GET /sell/kyc/link': '303   303   303   303   303   303   303',
  'POST /sell/kyc/link': 'login 403   login 403   403   200   403',
  'POST /api/sell/kyc/sync': '401   403   401   403   403   200   403',
  'GET /sell/dashboard': 'login 303   login 303   303   200   303',
  'GET /sell/gigs': 'login 303   login 303   303   200   303',
  'POST /sell/gigs': 'login 403   login 403   403   422   403',
  'GET /sell/gigs/new': 'login 303   login 303   303   200   303',
  'GET /sell/gigs/:id': 'login 303   login 303   303   303   303',
  'POST /sell/gigs/:id': 'login 404   login 403   404   422   404',
  'GET /sell/gigs/:id/edit': 'login 303   login 303   303   200   303',
  'POST /sell/gigs/:id/review': 'login 404   login 403   404   303   404',
  'POST /sell/gigs/:id/pause': 'login 404   login 403   404   409   404',
  'POST /sell/gigs/:id/publication': 'login 404   login 403   404   409   404',
  'GET /sell/gigs/:id/review': 'login 303   login 303   303   303   303',
  'GET /sell/gigs/:id/pause': 'login 303   login 303   303   303   303',
  'GET /sell/gigs/:id/publication': 'login 303   login 303   303   303   303',
  'GET /sell/level': 'login 303   login 303   303   200   303',
  'GET /sell/gigs/:id/images': 'login 303   login 303   303   303   303',
  'POST /sell/gigs/:id/images': 'login 404   login 403   404   422   404',
  'GET /sell/gigs/:id/images/:pid': 'login 303   login 303   303   303   303',
  'POST /sell/gigs/:id/images/:pid': 'login 404   login 403   404   404   404',
  'GET /sell/gigs/:id/images/:pid/removal': 'login 303   login 303   303   303   303',
  'POST /sell/gigs/:id/images/:pid/removal': 'login 404   login 403   404   404   404',
  'GET /sell/posts': 'login 303   login 303   303   200   303',
  'POST /sell/posts': 'login 403   login 403   403   422   403',
  'GET /sell/posts/new': 'login 303   login 303   303   200   303',
  'GET /sell/posts/:id': 'login 303   login 303   303   303   303',
  'POST /sell/posts/:id': 'login 404   login 403   404   404   404',
  'GET /sell/posts/:id/edit': 'login 303   login 303   303   404   303',
  'POST /sell/posts/:id/publication': 'login 404   login 403   404   404   404',
  'POST /sell/posts/:id/withdrawal': 'login 404   login 403   404   404   404',
  'GET /sell/posts/:id/publication': 'login 303   login 303   303   303   303',
  'GET /sell/posts/:id/withdrawal': 'login 303   login 303   303   303   303',
  'GET /admin': '404   404   404   404   200   404   404',
  'GET /admin/gigs': '404   404   404   404   200   404   404',
  'GET /admin/gigs/:id': '404   404   404   404   200   404   404',
  'POST /admin/gigs/:id/approval': '404   404   404   404   422   404   404',
  'POST /admin/gigs/:id/rejection': '404   404   404   404   422   404   404',
  'GET /admin/gigs/:id/approval': '404   404   404   404   303   404   404',
  'GET /admin/gigs/:id/rejection': '404   404   404   404   303   404   404',
  'GET /admin/users': '404   404   404   404   200   404   404',
  'GET /admin/users/:id': '404   404   404   404   200   404   404',
  'POST /admin/users/:id/suspension': '404   404   404   404   422   404   404',
  'POST /admin/users/:id/reinstatement': '404   404   404   404   409   404   404',
  'GET /admin/users/:id/suspension': '404   404   404   404   303   404   404',
  'GET /admin/users/:id/reinstatement': '404   404   404   404   303   404   404',
  'GET /admin/audit': '404   404   404   404   200   404   404',
  'GET /admin/sellers': '404   404   404   404   200   404   404',
  'GET /admin/sellers/:id/reading': '404   404   404   404   303   404   404',
  'POST /admin/sellers/:id/reading': '404   404   404   404   404   404   404',
  'GET /admin/categories': '404   404   404   404   200   404   404',
  'POST /admin/categories': '404   404   404   404   422   404   404',
  'GET /admin/categories/:id': '404   404   404   404   404   404   404',
  'POST /admin/categories/:id': '404   404   404   404   404   404   404',
  'GET /admin/categories/:id/removal': '404   404   404   404   303   404   404',
  'POST /admin/categories/:id/removal': '404   404   404   404   404   404   404',
  'GET /admin/orders': '404   404   404   404   200   404   404',
  'GET /admin/orders/:id': '404   404   404   404   200   404   404',
  'POST /admin/orders/:id/resolution': '404   404   404   404   409   404   404',
  'POST /admin/orders/:id/transitions': '404   404   404   404   422   404   404',
  'GET /admin/orders/:id/resolution': '404   404   404   404   303   404   404',
  'GET /admin/orders/:id/transitions': '404   404   404   404   303   404   404',
  'GET /admin/disputes': '404   404   404   404   200   404   404',
  'GET /admin/reviews': '404   404   404   404   200   404   404',
  'POST /admin/reviews/:id/hiding': '404   404   404   404   422   404   404',
  'POST /admin/reviews/:id/showing': '404   404   404   404   404   404   404',
  'GET /admin/reviews/:id/hiding': '404   404   404   404   303   404   404',
  'GET /admin/reviews/:id/showing': '404   404   404   404   303   404   404',
  'GET /admin/reports': '404   404   404   404   200   404   404',
  'GET /admin/reports/:id': '404   404   404   404   404   404   404',
  'POST /admin/reports/:id/closure': '404   404   404   404   404   404   404',
  'GET /admin/reports/:id/closure': '404   404   404   404   303   404   404',
  'GET /admin/money': '404   404   404   404   200   404   404',
  'POST /admin/money/runs': '404   404   404   404   303   404   404',
  'GET /admin/settings': '404   404   404   404   200   404   404',
  'POST /admin/settings': '404   404   404   404   422   404   404',
  'GET /admin/payments/:id': '404   404   404   404   404   404   404',
  'POST /admin/payments/:id/refund': '404   404   404   404   404   404   404',
  'POST /admin/payments/:id/match': '404   404   404   404   404   404   404',
  'POST /admin/payments/:id/reading': '404   404   404   404   404   404   404',
  'POST /admin/payments/:id/loss': '404   404   404   404   404   404   404',
  'GET /admin/refunds/:id': '404   404   404   404   404   404   404',
  'POST /admin/refunds/:id/retry': '404   404   404   404   404   404   404',
  'POST /admin/refunds/:id/cover': '404   404   404   404   404   404   404',
  'POST /admin/refunds/:id/write-off': '404   404   404   404   404   404   404',
  'GET /admin/orders/:id/refunds/new': '404   404   404   404   200   404   404',
  'POST /admin/orders/:id/refunds': '404   404   404   404   422   404   404',
  'GET /admin/bank-disputes/:id': '404   404   404   404   404   404   404',
  'POST /admin/bank-disputes/:id/evidence': '404   404   404   404   404   404   404',
  'GET /admin/webhooks': '404   404   404   404   200   404   404',
  'POST /admin/webhooks/replays': '404   404   404   404   303   404   404',
  'POST /admin/webhooks/:event/replay': '404   404   404   404   404   404   404',
  'GET /sell/withdrawals': 'login 303   login 303   303   200   303',
  'POST /sell/withdrawals': 'login 303   login 403   303   409   303',
  'POST /api/sell/withdraw': '401   303   401   403   303   409   303',
  'GET /calendar/:token.ics': '404   404   404   404   404   404   404',
  'GET /account/notifications': 'login 200   login 200   200   200   200',
  'POST /account/notifications': 'login 303   login 303   303   303   303',
  'GET /messages': 'login 200   login 200   200   200   200',
  'GET /messages/:id': 'login 404   login 404   404   404   404',
  'POST /messages/:id': 'login 404   login 403   404   404   404',
  'GET /conversations': '303   303   303   303   303   303   303',
  'POST /conversations': 'login 404   login 403   404   404   404',
  'GET /conversations/new': 'login 303   login 403   303   303   303',
  'POST /conversations/:id/block': 'login 404   login 403   404   404   404',
  'POST /conversations/:id/unblock': 'login 404   login 403   404   404   404',
  'POST /conversations/:id/report': 'login 404   login 403   404   404   404',
  'GET /conversations/:id/block': 'login 303   login 303   303   303   303',
  'GET /conversations/:id/unblock': 'login 303   login 303   303   303   303',
  'GET /conversations/:id/offers': 'login 404   login 403   404   404   404',
  'POST /conversations/:id/offers': 'login 404   login 403   404   404   404',
  'POST /offers/:id/decline': 'login 404   login 403   404   404   404',
  'POST /offers/:id/withdrawal': 'login 404   login 403   404   404   404',
  'GET /offers/:id/decline': 'login 404   login 404   404   404   404',
  'GET /offers/:id/withdrawal': 'login 404   login 404   404   404   404',
  'GET /conversations/:id/report': 'login 303   login 303   303   303   303',
};

let app: TestApp;
let scene: Scene;
let clients: Record<Actor, Client>;
let orders: Partial<Record<Actor, string>>;
let theirs: string;
let gigId: string;
let routes: string[];

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  scene = await setScene(app);
  const sami = await createPerson(app, 'Sami Suspended');
  const guestId = randomUUID();
  const token = guestToken(app.config, guestId);
  const token_hash = createHash('sha256').update(token).digest('hex');
  await asSystem(app, (trx) => trx('guest_buyers').insert({ id: guestId, email: 'guest@gigflow.test', token_hash }));
  theirs = await orderIn(app, scene, 'in_progress');
  orders = {
    guest: await placeOrder(app, { shop: scene.shop, guest: { id: guestId } }),
    suspended: await orderIn(app, { ...scene, ada: sami }, 'in_progress'),
  };
  await asSystem(app, (trx) =>
    trx('users')
      .where({ id: sami.id })
      .update({ suspended_at: trx.raw('app_now()') }),
  );
  const { name, email, id } = scene.noor;
  const company = { userId: id, attempt: 1, title: name, email, country: 'jo' };
  const whop_company_id = await app.services.whop.createCompany(company);
  await asSystem(app, (trx) => trx('seller_accounts').where({ user_id: id }).update({ whop_company_id }));
  gigId = scene.shop.gigId;
  const guest = visit(app);
  await guest.get(`/o/${token}`);
  clients = {
    nobody: visit(app),
    stranger: scene.as.tomas,
    guest,
    suspended: await signIn(app, sami),
    admin: scene.as.mina,
    seller: scene.as.noor,
    buyer: scene.as.ada,
  };
  const { handler, close } = createApp(app.services);
  routes = allRoutes(handler).filter((route) => !ELSEWHERE.has(route));
  await close();
});
afterAll(() => app.stop());

/** The address of a route for this actor: his own order where he has one, else Ada's from Noor; the shop's gig; Ada as a user. */
async function addressOf(path: string, actor: Actor): Promise<string> {
  const order = orders[actor] ?? theirs;
  const id = /^\/(sell\/|api\/|admin\/)?orders/.test(path)
    ? order
    : /gigs/.test(path)
      ? gigId
      : /^\/admin\/users/.test(path)
        ? scene.ada.id
        : randomUUID();
  return path
    .replace(':id', id)
    .replace(/:(pid|did|file|attachment)\b/, randomUUID())
    .replace(':slug', path.startsWith('/categories') ? 'print' : scene.shop.slug)
    .replace(':username', 'noor-haddad')
    .replace(':width.:format', '320.webp')
    .replace(':token', 'not-a-token')
    .replace(/:\w+/g, 'x');
}

/** An answer that never ends by itself: its head is enough. */
const headOf = (client: Client, address: string) =>
  client.raw
    .get(address)
    .buffer(true)
    .parse(((stream: { destroy(): void }, done: (error: null, body: string) => void) => {
      stream.destroy();
      done(null, '');
    }) as never);

/** `200`, `303`; `login` when the answer sends to the sign-in page. */
async function ask(route: string, actor: Actor): Promise<string> {
  const [method, path] = route.split(' ') as [string, string];
  const address = await addressOf(path, actor);
  const client = clients[actor];
  const answer =
    path === '/events'
      ? await headOf(client, address)
      : method === 'GET'
        ? await client.get(address)
        : path.startsWith('/api/')
          ? await client.postJson(address)
          : await client.post(address);
  return answer.headers.location?.startsWith('/login?next=') ? 'login' : String(answer.status);
}

test('every route of the application has a row, and every row a route', () => {
  expect(routes.filter((route) => !(route in TABLE))).toEqual([]);
  expect(Object.keys(TABLE).filter((route) => !routes.includes(route))).toEqual([]);
});

test.each(Object.entries(TABLE))('%s', async (route, expected) => {
  const answers: string[] = [];
  for (const actor of CAST) answers.push(await ask(route, actor));
  expect(answers.join(' ')).toBe(expected.replace(/ +/g, ' ').trim());
});
