import { createHash } from 'node:crypto';
import type { Transaction } from '../../src/database.ts';
import { fileContent } from '../pictures/files.ts';
import type { FileStory } from '../story/types.ts';
import { storyId } from './ids.ts';

const chunkSize = 256 * 1024;

interface Place {
  key: string;
  order_id: string;
  delivery_id: string;
  owner_id: string;
}

/** Puts a file into the database as an upload does: the row, its chunks, then the closing hash. */
export async function attach(trx: Transaction, file: FileStory, { key, ...place }: Place): Promise<void> {
  const { type, bytes } = await fileContent(file);
  const id = storyId('attachment', `${key}/${file.name}`);
  await trx('attachments').insert({ id, ...place, name: file.name, content_type: type, byte_size: 0 });
  for (let number = 0; number * chunkSize < bytes.length; number += 1) {
    const chunk = bytes.subarray(number * chunkSize, (number + 1) * chunkSize);
    await trx('attachment_chunks').insert({ attachment_id: id, number, bytes: chunk });
  }
  await trx('attachments')
    .where({ id })
    .update({
      byte_size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      finalised_at: trx.raw('app_now()'),
    });
}
