import { SignJWT, createLocalJWKSet, exportJWK, generateKeyPair, importJWK, jwtVerify, type JWK } from 'jose';
import { newId } from '../ids.ts';
import type { Store } from '../store.ts';

const ALGORITHM = 'ES256';
const EMBED_AUDIENCE = 'whop-elements';

interface EmbedToken {
  companyId: string | null;
  userId: string | null;
  actions: string[];
}

/** Signs id_tokens and the tokens of embeds; its public half is `/.well-known/jwks.json` (contract 1.2, 7). */
export interface SigningKeys {
  jwks: { keys: JWK[] };
  idToken(claims: { issuer: string; audience: string; subject: string; nonce: string }): Promise<string>;
  embedToken(token: EmbedToken, expiresAt: Date): Promise<string>;
  /** What the token allows, or null when it is not ours, has expired or was issued before `validFrom`. */
  readEmbedToken(token: string, validFrom: string | null): Promise<EmbedToken | null>;
}

async function newKey(): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: newId('req'), alg: ALGORITHM, use: 'sig' };
}

/** The key is part of the memory: what was signed before a restart is good after it. */
export async function createSigningKeys(store: Store): Promise<SigningKeys> {
  store.signingKey ??= await newKey();
  const { d: _secret, ...publicKey } = store.signingKey;
  const privateKey = await importJWK(store.signingKey, ALGORITHM);
  const { kid } = publicKey;
  const jwks = { keys: [publicKey] };
  const keySet = createLocalJWKSet(jwks);

  return {
    jwks,

    idToken: ({ issuer, audience, subject, nonce }) =>
      new SignJWT({ nonce })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),

    embedToken: ({ companyId, userId, actions }, expiresAt) =>
      new SignJWT({ company_id: companyId, user_id: userId, scoped_actions: actions, iat_ms: Date.now() })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setAudience(EMBED_AUDIENCE)
        .setJti(newId('req'))
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(privateKey),

    readEmbedToken: async (token, validFrom) => {
      try {
        const { payload } = await jwtVerify(token, keySet, { audience: EMBED_AUDIENCE });
        if (validFrom && Number(payload.iat_ms) < Date.parse(validFrom)) return null;
        return {
          companyId: payload.company_id as string | null,
          userId: payload.user_id as string | null,
          actions: payload.scoped_actions as string[],
        };
      } catch {
        return null;
      }
    },
  };
}
