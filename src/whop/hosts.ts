export type WhopEnvironment = 'emulator' | 'sandbox' | 'production';

export interface WhopHosts {
  /** REST base, with /api/v1. */
  api: string;
  oauth: string;
  jwks: string;
  issuer: string;
  /** Where hosted pages and the checkout frame live; with a trailing slash for the checkout script's `origin`. */
  pages: string;
  /** Set only where the checkout script must be pointed away from Whop's own host. */
  checkoutOrigin: string | null;
  checkoutEnvironment: 'production' | 'sandbox' | null;
  /** The elements script, set only where the loader must not ask Whop. */
  elementsScript: string | null;
  elementsEnvironment: 'production' | 'sandbox';
  csp: { script: string[]; frame: string[]; connect: string[]; img: string[] };
}

/** Every address of Whop follows from one setting, so that identity, money and embeds cannot disagree (contract 0.2, 12). */
export function whopHosts(environment: WhopEnvironment, emulatorPort: number): WhopHosts {
  if (environment === 'emulator') {
    const base = `http://localhost:${emulatorPort}`;
    return {
      api: `${base}/api/v1`,
      oauth: `${base}/oauth`,
      jwks: `${base}/.well-known/jwks.json`,
      issuer: 'https://api.whop.com',
      pages: `${base}/`,
      checkoutOrigin: `${base}/`,
      checkoutEnvironment: null,
      elementsScript: `${base}/release/elements.js`,
      elementsEnvironment: 'sandbox',
      csp: { script: [base], frame: [base], connect: [], img: [base] },
    };
  }
  const api = environment === 'sandbox' ? 'https://sandbox-api.whop.com' : 'https://api.whop.com';
  return {
    api: `${api}/api/v1`,
    oauth: `${api}/oauth`,
    jwks: `${api}/.well-known/jwks.json`,
    issuer: 'https://api.whop.com',
    pages: environment === 'sandbox' ? 'https://sandbox.whop.com/' : 'https://whop.com/',
    checkoutOrigin: null,
    checkoutEnvironment: environment === 'sandbox' ? 'sandbox' : 'production',
    elementsScript: null,
    elementsEnvironment: environment === 'sandbox' ? 'sandbox' : 'production',
    csp: {
      script: ['https://apollo.elements.whop.com'],
      frame: ['https://whop.com', 'https://*.whop.com', 'https://*.elements.whop.com'],
      connect: [
        api,
        'https://*.whop.com',
        'https://*.elements.whop.com',
        'wss://*.whop.com',
        'wss://*.elements.whop.com',
      ],
      img: ['blob:', 'https://*.whop.com'],
    },
  };
}
