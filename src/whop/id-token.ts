import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Config } from '../config.ts';
import { SignInFailed, Unavailable } from '../errors.ts';

/**
 * Checks an id token: signature, issuer, audience, expiry and nonce (contract 1.2).
 * @returns its `sub`
 * @throws SignInFailed when any of it does not fit, Unavailable when Whop's keys cannot be read
 */
export async function subjectOf(config: Config, idToken: string | null | undefined, nonce: string): Promise<string> {
  if (!idToken) throw new SignInFailed('Whop did not say who you are. Try again.');
  try {
    const { payload } = await jwtVerify(idToken, createRemoteJWKSet(new URL(config.whop.hosts.jwks)), {
      issuer: config.whop.hosts.issuer,
      audience: config.whop.oauthClientId,
    });
    if (payload.nonce === nonce && typeof payload.sub === 'string') return payload.sub;
  } catch (error) {
    if (!isAboutToken(error)) throw new Unavailable('The keys of Whop cannot be read', { cause: error });
  }
  throw new SignInFailed('The answer from Whop does not belong to this sign-in. Start again.');
}

const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWTInvalid ||
  error instanceof errors.JWTExpired ||
  error instanceof errors.JWTClaimValidationFailed ||
  error instanceof errors.JWSInvalid ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JOSEAlgNotAllowed ||
  error instanceof errors.JOSENotSupported;
