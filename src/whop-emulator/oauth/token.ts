import { createHash } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import { newSecret } from '../ids.ts';
import { checkClient } from './client.ts';
import { OAuthError } from './errors.ts';

const LIFETIME_SECONDS = 3600;
/** Whop's own, wherever it runs (contract 1.2). */
const ISSUER = 'https://api.whop.com';

const exchange = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string().min(43).max(128),
  }),
  z.object({ grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
]);

interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token?: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
}

export function token(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.post('/oauth/token', async (req, res) => {
    checkClient(req, store);
    const { grant_type: grantType } = req.body as Record<string, string>;
    if (!['authorization_code', 'refresh_token'].includes(grantType ?? '')) {
      throw new OAuthError(400, 'unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
    }
    const body = exchange.safeParse(req.body);
    if (!body.success) {
      throw new OAuthError(400, 'invalid_request', `${String(body.error.issues[0]?.path[0])} is missing or invalid`);
    }
    res.set('Cache-Control', 'no-store');
    res.json(body.data.grant_type === 'refresh_token' ? rotate(body.data.refresh_token) : await redeem(body.data));
  });

  /** Codes are single use and live for a minute. */
  async function redeem(body: { code: string; redirect_uri: string; code_verifier: string }): Promise<Tokens> {
    const code = store.codes.get(body.code);
    const challenge = createHash('sha256').update(body.code_verifier).digest('base64url');
    const valid = code && !code.used && code.expiresAt > new Date().toISOString();
    if (!valid) throw new OAuthError(400, 'invalid_grant', 'Authorization code is invalid');
    if (code.redirectUri !== body.redirect_uri)
      throw new OAuthError(400, 'invalid_grant', 'redirect_uri does not match');
    if (code.challenge !== challenge) throw new OAuthError(400, 'invalid_grant', 'code_verifier does not match');
    code.used = true;
    const tokens = issue(code.userId, code.scope);
    if (!code.scope.split(' ').includes('openid')) return tokens;
    const id_token = await emulator.keys.idToken({
      issuer: ISSUER,
      audience: EMULATOR_CREDENTIALS.oauthClientId,
      subject: code.userId,
      nonce: code.nonce ?? '',
    });
    return { ...tokens, id_token };
  }

  /** Refresh tokens rotate on every use; the old one is dead at once (contract 1.3). */
  function rotate(refreshToken: string): Tokens {
    const grant = store.grants.get(refreshToken);
    if (!grant || grant.revoked) throw new OAuthError(400, 'invalid_grant', 'Refresh token is invalid');
    grant.revoked = true;
    return issue(grant.userId, grant.scope);
  }

  function issue(userId: string, scope: string): Tokens {
    const now = Date.now();
    const accessToken = newSecret('oaat');
    const refreshToken = newSecret('oart');
    const expiresAt = new Date(now + LIFETIME_SECONDS * 1000).toISOString();
    store.accessTokens.set(accessToken, { accessToken, userId, scope, expiresAt });
    store.grants.set(refreshToken, {
      refreshToken,
      userId,
      scope,
      revoked: false,
      createdAt: new Date(now).toISOString(),
    });
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: LIFETIME_SECONDS,
      scope,
    };
  }

  return router;
}
