import { createHash, type UUID } from 'node:crypto';

const digest = (kind: string, key: string) => createHash('sha256').update(`gigflow story/${kind}/${key}`);

/** The same UUID for the same thing of the story, in every database. */
export function storyId(kind: string, key: string): UUID {
  const hex = digest(kind, key).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An id in Whop's manner, for things that the Whop emulator will know as well. */
export function whopId(prefix: string, key: string): string {
  const letters = digest(prefix, key)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return `${prefix}_${letters.slice(0, 14)}`;
}
