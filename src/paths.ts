/** Every address of the site by name, for controllers, views, mails and tests. */
export const paths = {
  home: '/',
  search: (query: Record<string, string | number | undefined> = {}) => withQuery('/search', query),
  category: (slug: string, query: Record<string, string | number | undefined> = {}) =>
    withQuery(`/categories/${slug}`, query),
  gig: (slug: string) => `/gigs/${slug}`,
  gigOrder: (slug: string, query: Record<string, string | number | undefined> = {}) =>
    withQuery(`/gigs/${slug}/order`, query),
  image: (id: string, width: number, format: 'avif' | 'webp') => `/images/${id}/${width}.${format}`,
  profile: (username: string) => `/@${username}`,
  orderRules: '/how-orders-work',
  fees: '/fees',
  ranking: '/how-ranking-works',
  terms: '/terms',
  privacy: '/privacy',
  sitemap: '/sitemap.xml',
  login: (next?: string) => withQuery('/login', { next }),
  signup: (next?: string) => withQuery('/signup', { next }),
  logout: '/logout',
  whopAuthorize: (next?: string) => withQuery('/api/auth/whop/authorize', { next }),
  account: '/account',
  accountWhop: '/account/whop',
  accountWhopUnlink: '/account/whop/unlink',
  whopLink: '/api/auth/whop/authorize?intent=link',
  chatToken: '/api/chat/token',
  accountProfile: '/account/profile',
  checkouts: '/checkouts',
  checkout: (id: string) => `/checkouts/${id}`,
  checkoutComplete: (id: string) => withQuery('/checkout/complete', { checkout: id }),
  orders: (query: Record<string, string | undefined> = {}) => withQuery('/orders', query),
  order: (id: string) => `/orders/${id}`,
  orderAct: (id: string, act: 'requirements' | 'deliveries' | 'revisions' | 'acceptance' | 'reviews' | 'messages') =>
    `/orders/${id}/${act}`,
  deliveryDraft: (id: string) => `/orders/${id}/deliveries/draft`,
  orderRecord: (id: string) => `/orders/${id}/record`,
  onboarding: '/sell/onboarding',
  onboardingReturned: '/sell/onboarding?returned=1',
  kycLink: '/sell/kyc/link',
  kycSync: '/api/sell/kyc/sync',
  payoutsToken: '/api/sell/payouts-token',
  payouts: '/sell/payouts',
  payoutsReturned: '/sell/payouts?returned=1',
  payoutsPortal: '/sell/payouts/portal',
  dashboard: '/sell/dashboard',
  dashboardOver: (months: number) => `/sell/dashboard?months=${months}`,
  sellerGigs: '/sell/gigs',
  sellerGigsBy: (status: string | undefined) => withQuery('/sell/gigs', { status }),
  newGig: '/sell/gigs/new',
  editGig: (id: string) => `/sell/gigs/${id}/edit`,
  sellerGig: (id: string) => `/sell/gigs/${id}`,
  gigReview: (id: string) => `/sell/gigs/${id}/review`,
  gigPause: (id: string) => `/sell/gigs/${id}/pause`,
  gigPublication: (id: string) => `/sell/gigs/${id}/publication`,
  sellerOrders: (query: Record<string, string | undefined> = {}) => withQuery('/sell/orders', query),
  sellerOrder: (id: string) => `/sell/orders/${id}`,
  admin: '/admin',
  adminGigs: '/admin/gigs',
  adminGig: (id: string) => `/admin/gigs/${id}`,
  adminGigApproval: (id: string) => `/admin/gigs/${id}/approval`,
  adminGigRejection: (id: string) => `/admin/gigs/${id}/rejection`,
} as const;

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** `next` leads to our own pages only: one slash, no host, no backslash (original defect 41). */
export const safeNext = (next: unknown, fallback: string): string =>
  typeof next === 'string' && /^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(next) ? next : fallback;
