import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';

type Opening = 'none' | 'whop';

/** Strict by default; `whop` opens what the checkout frame and the elements need (contract section 12, appendix D.8). */
export function contentSecurityPolicy(config: Config, opening: Opening): string {
  const { csp } = config.whop.hosts;
  const whop = opening === 'whop';
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...(whop ? csp.script : [])],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', ...(whop ? csp.img.filter((source) => source !== 'data:') : [])],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(whop ? csp.connect : [])],
    'frame-src': whop ? csp.frame : ["'none'"],
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
  const strict = contentSecurityPolicy(config, 'none');
  return [
    helmet({
      contentSecurityPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      strictTransportSecurity: config.appUrl.startsWith('https:')
        ? { maxAge: 31_536_000, includeSubDomains: true }
        : false,
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      response.setHeader('Content-Security-Policy', strict);
      response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
      next();
    },
  ];
}

/** For pages from which a checkout or an element can appear: the policy of the first full load governs later swaps. */
export function hostsWhop(config: Config): RequestHandler {
  const open = contentSecurityPolicy(config, 'whop');
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
