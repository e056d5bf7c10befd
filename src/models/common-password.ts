import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '..', '..', 'src', 'data', 'common-passwords.txt');
const common = new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean));

/** True for passwords that guessers try first: the list, whatever the case, and one character or a short run repeated. */
export function isCommonPassword(password: string): boolean {
  const plain = password.trim().toLowerCase();
  return common.has(plain) || /^(.{1,4}?)\1+$/su.test(plain);
}
