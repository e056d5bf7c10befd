import type { Transaction } from '../database.ts';

export interface Profile {
  user_id: string;
  username: string;
  display_name: string;
  tagline: string;
  bio: string;
  location: string;
  languages: string[];
  time_zone: string;
  identity_checked: boolean;
  avatar_id: string | null;
}

export type ProfileChange = Partial<Omit<Profile, 'user_id' | 'identity_checked' | 'avatar_id'>>;

export const findProfile = (trx: Transaction, userId: string): Promise<Profile | undefined> =>
  trx<Profile>('profiles').where({ user_id: userId }).first();

/**
 * Changes a person's own profile, as himself; his listings follow by trigger.
 * @throws the database's unique violation (23505) when the username is taken
 */
export const changeProfile = (trx: Transaction, userId: string, change: ProfileChange): Promise<number> =>
  trx('profiles').where({ user_id: userId }).update(change);
