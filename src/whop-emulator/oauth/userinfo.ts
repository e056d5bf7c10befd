import { Router } from 'express';
import type { Emulator } from '../context.ts';
import { checkClient } from './client.ts';
import { OAuthError } from './errors.ts';

/** Who the token speaks for, as far as its scopes go. There is no `id`, only `sub` (contract 1.4). */
export function userinfo({ store }: Emulator): Router {
  const router = Router();
  router.get('/oauth/userinfo', (req, res) => {
    const [, secret = ''] = (req.get('authorization') ?? '').split(' ');
    const access = store.accessTokens.get(secret);
    const user = access && access.expiresAt > new Date().toISOString() ? store.users.get(access.userId) : undefined;
    if (!access || !user) throw new OAuthError(401, 'invalid_token', 'The access token is invalid or has expired');
    const scopes = access.scope.split(' ');
    if (!scopes.includes('openid')) throw new OAuthError(403, 'insufficient_scope', 'The openid scope is required');
    res.json({
      sub: user.id,
      ...(scopes.includes('profile') && { name: user.name, preferred_username: user.username, picture: null }),
      ...(scopes.includes('email') && user.email !== null && { email: user.email, email_verified: user.emailVerified }),
    });
  });
  return router;
}

/** Ends a refresh token; access tokens cannot be revoked (contract 1.5). */
export function revoke({ store }: Emulator): Router {
  const router = Router();
  router.post('/oauth/revoke', (req, res) => {
    checkClient(req, store);
    const grant = store.grants.get(String((req.body as Record<string, unknown>).token));
    if (grant) grant.revoked = true;
    res.json({});
  });
  return router;
}
