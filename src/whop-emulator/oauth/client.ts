import type { Request } from 'express';
import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import type { Store } from '../store.ts';
import { OAuthError } from './errors.ts';

/**
 * Who asks for tokens: no secret (a public app), the secret in the body, or HTTP Basic; all three have been seen live
 * (contract 1.2). Checked before the code, so that a wrong secret does not burn it.
 */
export function checkClient(req: Request, store: Store): void {
  const body = (req.body ?? {}) as Record<string, string>;
  const basic = readBasic(req);
  const id = body.client_id ?? basic?.id;
  const secret = body.client_secret ?? basic?.secret;
  const wanted = store.faults.oauth.clientAuthentication ?? 'any';
  if (id !== EMULATOR_CREDENTIALS.oauthClientId) throw new OAuthError(401, 'invalid_client', 'Unknown client_id');
  const refused = (wanted === 'basic' && !basic) || (wanted === 'body' && !body.client_secret);
  if (refused || (secret !== undefined && secret !== EMULATOR_CREDENTIALS.oauthClientSecret)) {
    throw new OAuthError(401, 'invalid_client', 'client_secret is invalid');
  }
}

function readBasic(req: Request): { id: string; secret: string } | null {
  const [scheme, value] = (req.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !value) return null;
  const [id = '', ...secret] = Buffer.from(value, 'base64').toString().split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) };
}
