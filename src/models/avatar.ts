import type { Transaction } from '../database.ts';
import type { Rendition } from '../pictures/render.ts';
import { keptIn, type Kept } from '../storage/renditions.ts';
import type { Storage, StorageName } from '../storage/storage.ts';

/** The name of a rendition in a store that is not Postgres. */
export const avatarKey = (avatarId: string, width: number): string => `${avatarId}-${width}.webp`;

/** A face in one width, while it is somebody's face, or the asker's own. */
export const findAvatarFile = async (trx: Transaction, avatarId: string, width: number): Promise<Kept | undefined> =>
  trx('avatar_files').where({ avatar_id: avatarId, width }).first('storage', 'bytes');

/** Writes the rows of a face that wearAvatar() shows; what is never worn is pruned. */
export const addAvatar = async (
  trx: Transaction,
  face: { id: string; userId: string; renditions: Rendition[] },
  storage: Storage,
): Promise<unknown> =>
  trx('avatar_files').insert(
    face.renditions.map(({ width, bytes }) => ({
      ...{ avatar_id: face.id, user_id: face.userId, width },
      ...keptIn(storage, bytes),
    })),
  );

/** Shows another face, or none. The one before is nobody's to see from then on. */
export const wearAvatar = async (trx: Transaction, userId: string, avatarId: string | null): Promise<unknown> =>
  trx('profiles').where({ user_id: userId }).update({ avatar_id: avatarId });

interface UnusedFile {
  avatar_id: string;
  width: number;
  storage: StorageName;
}

/** Files of faces that nobody wears, an hour after they came; as the system. */
export const findUnusedAvatars = async (trx: Transaction, limit: number): Promise<UnusedFile[]> =>
  trx('avatar_files as f')
    .join('profiles as p', 'p.user_id', 'f.user_id')
    .whereRaw(`p.avatar_id is distinct from f.avatar_id and f.created_at < app_now() - interval '1 hour'`)
    .limit(limit)
    .select('f.avatar_id', 'f.width', 'f.storage');

export const deleteAvatars = async (trx: Transaction, ids: string[]): Promise<number> =>
  trx('avatar_files').whereIn('avatar_id', ids).delete();
