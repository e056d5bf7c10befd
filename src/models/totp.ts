import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** 160 random bits in base32, as authenticator apps take them. */
export const newSecret = (): string => base32(randomBytes(20));

/** The step of RFC 6238 that a moment falls into. */
export const stepAt = (moment: Date): number => Math.floor(moment.getTime() / 1000 / STEP_SECONDS);

/** The six digits of one step (RFC 4226 with SHA-1, which is what the apps support). */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/**
 * Checks a code against this step and its neighbours (clocks differ), in the same time whatever was typed.
 * @returns the step that it belongs to, if that is later than `lastStep`: a code works once; else null
 */
export function matchingStep(secret: string, code: string, moment: Date, lastStep: number): number | null {
  const now = stepAt(moment);
  let found: number | null = null;
  for (const step of [now - 1, now, now + 1]) {
    const expected = Buffer.from(codeAt(secret, step));
    const given = Buffer.from(code.padEnd(6, ' ').slice(0, 6));
    if (given.length === 6 && timingSafeEqual(given, expected) && code.length === 6 && step > lastStep) found = step;
  }
  return found;
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{1,5}/g)!
    .map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
