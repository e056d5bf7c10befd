import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const keyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** Seals a secret for storage: AES-256-GCM, the key named by its id so that a rotation can tell old from new. */
export function encrypt(plain: string, key: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [
    'v1',
    keyId(key),
    iv.toString('base64url'),
    cipher.getAuthTag().toString('base64url'),
    sealed.toString('base64url'),
  ].join('.');
}

/** True when this key sealed the text. */
export const sealedWith = (text: string, key: Buffer): boolean => text.split('.')[1] === keyId(key);

/** @returns the secret, or null when none of the keys sealed it or it has been changed */
export function decrypt(text: string, keys: Buffer | Buffer[]): string | null {
  const [version, , iv, tag, sealed] = text.split('.');
  const key = [keys].flat().find((candidate) => sealedWith(text, candidate));
  if (version !== 'v1' || !key || !iv || !tag || sealed === undefined) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
