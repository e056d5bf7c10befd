import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as cheerio from 'cheerio';
import Provider from 'oidc-provider';
import type { Config } from '../../src/config.ts';

export interface ForeignProvider {
  issuer: string;
  /** What was asked of it: method and path, in order. */
  asked: string[];
  /**
   * Signs in there as a person and answers the question of consent, in the provider's own pages.
   * @param asked where GigFlow sent the browser
   * @returns where the provider sends the browser back to
   */
  walk(asked: string, login: string, decision?: 'approve' | 'deny'): Promise<URL>;
  stop(): Promise<void>;
}

interface Person {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/**
 * An OpenID provider that nobody here wrote, at the addresses of Whop: PKCE is demanded, refresh tokens rotate, tokens of a code
 * that comes twice are ended. GigFlow's settings are pointed at it until it stops.
 */
export async function startForeignProvider(
  config: Config,
  people: Record<string, Person>,
  client: { authMethod: 'client_secret_post' | 'client_secret_basic' },
): Promise<ForeignProvider> {
  let handler: RequestListener = () => {};
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url!.split('?')[0]}`);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { oauthClientId, oauthClientSecret, oauthRedirectUri, hosts } = config.whop;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oauthClientId,
        client_secret: oauthClientSecret,
        redirect_uris: [oauthRedirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: client.authMethod,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [signingKey()] },
    cookies: { keys: ['for-this-test-only'] },
    scopes: ['openid', 'chat:read', 'chat:message:create', 'dms:read', 'dms:message:manage', 'dms:channel:manage'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      userinfo: '/oauth/userinfo',
      revocation: '/oauth/revoke',
      jwks: '/.well-known/jwks.json',
    },
    features: { revocation: { enabled: true }, devInteractions: { enabled: true } },
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      IdToken: 3600,
      RefreshToken: 86_400,
      Session: 3600,
      Grant: 86_400,
      Interaction: 3600,
    },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...people[sub] }),
    }),
  });
  handler = provider.callback();
  const whops = { ...hosts };
  Object.assign(hosts, { oauth: `${issuer}/oauth`, jwks: `${issuer}/.well-known/jwks.json`, issuer });
  return {
    issuer,
    asked,
    walk: (from, login, decision = 'approve') => walk(issuer, from, login, decision),
    stop: async () => {
      Object.assign(hosts, whops);
      await new Promise((resolve) => server.close(resolve).closeAllConnections());
    },
  };
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES256', use: 'sig' };
}

/** A browser with cookies and no script: follows redirects within the provider and fills in its forms. */
async function walk(issuer: string, from: string, login: string, decision: 'approve' | 'deny'): Promise<URL> {
  const cookies = new Map<string, string>();
  let next: { url: string; body?: URLSearchParams } = { url: from };
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(next.url, {
      method: next.body ? 'POST' : 'GET',
      body: next.body,
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    if (location) {
      const url = new URL(location, next.url);
      if (url.origin !== issuer) return url;
      next = { url: url.href };
      continue;
    }
    const text = await response.text();
    const page = cheerio.load(text);
    const prompt = page('form input[name=prompt]').val();
    if (!prompt) throw new Error(`${response.status} ${next.url}: ${page('body').text().slice(0, 400)}`);
    const abort = page('a[href*="abort"]').attr('href');
    if (prompt === 'consent' && decision === 'deny') next = { url: new URL(abort!, issuer).href };
    else {
      const fields: Record<string, string> =
        prompt === 'login' ? { prompt: 'login', login, password: 'any' } : { prompt: String(prompt) };
      next = { url: new URL(page('form').attr('action')!, issuer).href, body: new URLSearchParams(fields) };
    }
  }
  throw new Error('The provider asks on and on.');
}
