import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';

type Opening = 'none' | 'checkout' | 'elements';

/**
 * Strict by default. `checkout` lets Whop's card form stand in a frame, and nothing else; `elements` lets the elements' script,
 * pictures and connections in too (contract section 12, appendix D.8).
 */
export function contentSecurityPolicy(config: Config, opening: Opening): string {
  const { csp } = config.whop.hosts;
  const elements = opening === 'elements';
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...(elements ? csp.script : [])],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', ...(elements ? csp.img : [])],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(elements ? csp.connect : [])],
    'frame-src': opening === 'none' ? ["'none'"] : csp.frame,
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'manifest-src': ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

export function setUpSecurityHeaders(config: Config): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: false,
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      strictTransportSecurity: config.appUrl.startsWith('https:')
        ? { maxAge: 31_536_000, includeSubDomains: true }
        : false,
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      closePolicy(config, response);
      next();
    },
  ];
}

/**
 * The strict policy. An error page has it on every address: it hosts nothing of Whop's, and no swap can bring anything into it,
 * since every link on it is a full load with a policy of its own.
 */
export function closePolicy(config: Config, response: Response): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(config, 'none'));
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
}

/** For pages from which the checkout can appear: the policy of the first full load governs later swaps. */
export const hostsCheckout = (config: Config): RequestHandler => opens(config, 'checkout');

/** For pages with Whop's elements; the checkout may appear there too. */
export const hostsWhop = (config: Config): RequestHandler => opens(config, 'elements');

function opens(config: Config, opening: Opening): RequestHandler {
  const open = contentSecurityPolicy(config, opening);
  const frames = config.whop.hosts.csp.frame.filter((source) => !source.includes('*')).map((source) => `"${source}"`);
  return (_request, response, next) => {
    response.setHeader('Content-Security-Policy', open);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
    response.setHeader(
      'Permissions-Policy',
      `camera=(self ${frames.join(' ')}), microphone=(self ${frames.join(' ')}), geolocation=(), payment=(self ${frames.join(' ')})`,
    );
    next();
  };
}
