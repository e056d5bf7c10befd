import type { Transaction } from '../database.ts';

/** What everybody may see of a person. */
export interface PublicProfile {
  user_id: string;
  username: string;
  display_name: string;
  tagline: string;
  bio: string;
  skills: string[];
  location: string;
  languages: string[];
  links: unknown;
  identity_checked: boolean;
  level: number;
  created_at: Date;
  avatar_id: string | null;
}

const COLUMNS = [
  ...['user_id', 'username', 'display_name', 'tagline', 'bio', 'skills', 'location', 'languages', 'links'],
  ...['identity_checked', 'level', 'created_at', 'avatar_id'],
];

export const findPublicProfile = (trx: Transaction, username: string): Promise<PublicProfile | undefined> =>
  trx('profiles').where({ username }).first<PublicProfile | undefined>(COLUMNS);

/** Everybody who has something on sale, for the sitemap. */
export const sellerUsernames = (trx: Transaction): Promise<string[]> =>
  trx('gig_listings').distinct('seller_username').orderBy('seller_username').limit(9_000).pluck('seller_username');
