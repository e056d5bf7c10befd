import type { Request, Response } from 'express';
import { NotFound, WhopFailure } from '../errors.ts';
import { findIdentity, type WhopIdentityRow } from '../models/whop-identity.ts';
import { freshAccessToken } from '../models/whop-token.ts';

/**
 * A token for the chat of whoever is signed in; the browser names nobody (contract 7). First by the platform's key, then in
 * the person's own name (contract 8.2); when there is neither, the order's thread is what is left.
 */
export async function token(request: Request, response: Response): Promise<void> {
  response.set('Cache-Control', 'no-store');
  const identity = await request.transaction((trx) => findIdentity(trx, request.person!.id));
  if (!identity) return refuse(response, 'Connect your Whop account first.');
  const answer = await tokenOf(request, identity);
  if (!answer)
    return refuse(response, 'Whop gives no chat for your account. Sign in with Whop again to try once more.');
  response.json(answer);
}

async function tokenOf(request: Request, identity: WhopIdentityRow): Promise<object | null> {
  const { services } = request;
  try {
    return await services.whop.chatToken(identity.sub, request.query.fresh === '1');
  } catch (error) {
    const refused = error instanceof NotFound || (error instanceof WhopFailure && !error.retryable);
    if (!refused) throw error;
    request.log.warn({ err: error }, 'the platform key gets no chat token');
    const token = identity.scope.includes('chat:read') ? await freshAccessToken(services, identity.user_id) : null;
    return token ? { token } : null;
  }
}

const refuse = (response: Response, error: string): void => void response.status(404).json({ error });
