import type { Actor, Transaction } from '../database.ts';
import type { StorageName } from '../storage/storage.ts';

/** A file that was sent, as its row says. */
export interface AttachmentRow {
  id: string;
  name: string;
  content_type: string;
  byte_size: number;
  sha256: string;
  storage: StorageName;
}

/** A file that has arrived and waits for the act to keep it. */
export interface Upload {
  id: string;
  /** The name of the form's field. */
  field: string;
  name: string;
  contentType: string;
  byteSize: number;
  sha256: string;
}

/** What a file belongs to; a draft's files to nothing yet. */
export type Place =
  | { delivery_id: string }
  | { message_id: string }
  | { requirement_id: string }
  | { statement_id: string }
  | { requirement_id: string; draft: true }
  | { draft: true };

/** The thread in which a file is sent: an order with all that belongs to it, or an enquiry. Once said, it stays. */
export type FileThread = { order_id: string } | { conversation_id: string };

interface NewAttachment {
  id: string;
  thread: FileThread;
  name: string;
  storage: StorageName;
}

/** Opens a row for bytes that are about to come. Until keepUploads() only its owner sees it. */
export async function startAttachment(trx: Transaction, actor: Actor, file: NewAttachment): Promise<void> {
  const owner = 'id' in actor ? actor.id : null;
  await trx('attachments').insert({
    id: file.id,
    owner_id: actor.role === 'guest' ? null : owner,
    owner_guest_id: actor.role === 'guest' ? owner : null,
    ...file.thread,
    name: file.name,
    content_type: 'application/octet-stream',
    storage: file.storage,
  });
}

/** A sign of life, so that a slow upload is not taken for a dead one. */
export const touchAttachments = async (trx: Transaction, ids: string[]): Promise<unknown> =>
  trx('attachments')
    .whereIn('id', ids)
    .update({ touched_at: trx.raw('app_now()') });

/** Makes files that have arrived part of their thread, in the transaction of the act that sent them. */
export async function keepUploads(trx: Transaction, uploads: Upload[], place: Place): Promise<void> {
  for (const { id, contentType, byteSize, sha256 } of uploads) {
    const kept = await trx('attachments')
      .where({ id })
      .whereNull('finalised_at')
      .update({
        ...place,
        content_type: contentType,
        byte_size: byteSize,
        sha256,
        finalised_at: trx.raw('app_now()'),
      });
    if (kept !== 1) throw new Error(`upload ${id} is gone`);
  }
}

export interface SentFile {
  id: string;
  name: string;
  byte_size: number;
  message_id: string;
}

/** The files of these messages of an enquiry, in the order in which they came. */
export const conversationFiles = (
  trx: Transaction,
  conversationId: string,
  messageIds: string[],
): Promise<SentFile[]> =>
  trx('attachments')
    .where({ conversation_id: conversationId })
    .whereIn('message_id', messageIds)
    .whereNotNull('finalised_at')
    .orderBy(['created_at', 'id'])
    .select('id', 'name', 'byte_size', 'message_id');

/** Gives up files that no act kept; what was kept meanwhile stays. @returns the ids whose bytes can go */
export async function discardUploads(trx: Transaction, ids: string[]): Promise<string[]> {
  const unkept = await trx('attachments').whereIn('id', ids).whereNull('finalised_at').pluck<string[]>('id');
  await trx('attachments').whereIn('id', unkept).whereNull('finalised_at').delete();
  return unkept;
}

/** The draft's files go with the delivery. */
export const deliverDraftFiles = async (trx: Transaction, orderId: string, deliveryId: string): Promise<unknown> =>
  trx('attachments')
    .where({ order_id: orderId, draft: true, requirement_id: null })
    .update({ draft: false, delivery_id: deliveryId });

/** The ids of the files of a delivery's draft, for the one who may see it. */
export const draftFileIds = async (trx: Transaction, orderId: string): Promise<string[]> =>
  trx('attachments').where({ order_id: orderId, draft: true, requirement_id: null }).pluck<string[]>('id');

/** The files of a draft of the brief with the questions that they answer, in the order in which they came. */
export const briefDraftFiles = (trx: Transaction, orderId: string): Promise<{ id: string; requirement_id: string }[]> =>
  trx('attachments')
    .where({ order_id: orderId, draft: true })
    .whereNotNull('requirement_id')
    .orderBy(['created_at', 'id'])
    .select('id', 'requirement_id');

/** The draft's files go with the brief. */
export const sendBriefFiles = async (trx: Transaction, ids: string[]): Promise<unknown> =>
  trx('attachments').whereIn('id', ids).where({ draft: true }).update({ draft: false });

/** Takes files out of a draft; the next run of `prune-attachments` takes their bytes away. */
export const removeDraftFiles = async (trx: Transaction, orderId: string, ids: string[]): Promise<unknown> =>
  trx('attachments')
    .where({ order_id: orderId, draft: true })
    .whereIn('id', ids)
    .update({ draft: false, finalised_at: null, touched_at: trx.raw(`app_now() - interval '1 day'`) });

/** A file that was sent, or one's own draft; row level security hides other people's. */
export const findAttachment = async (trx: Transaction, id: string): Promise<AttachmentRow | undefined> =>
  trx<AttachmentRow>('attachments')
    .where({ id })
    .whereNotNull('finalised_at')
    .first('id', 'name', 'content_type', 'byte_size', 'sha256', 'storage');

/** Uploads that nobody finished and that have not moved for an hour; as the system. */
export const findOrphans = async (trx: Transaction, limit: number): Promise<{ id: string; storage: StorageName }[]> =>
  trx('attachments')
    .whereNull('finalised_at')
    .whereRaw(`touched_at < app_now() - interval '1 hour'`)
    .orderBy('touched_at')
    .limit(limit)
    .select('id', 'storage');
