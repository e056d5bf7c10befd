import { CHUNK_BYTES, type Storage } from './storage.ts';

/** The default: rows of 256 KB, each written and read in a statement of its own, under the asker's row level security. */
export const postgresStorage: Storage = {
  name: 'postgres',

  async write(transact, id, chunks) {
    let number = 0;
    for await (const bytes of chunks) {
      const row = { attachment_id: id, number, bytes };
      await transact((trx) => trx('attachment_chunks').insert(row));
      number += 1;
    }
  },

  async *read(transact, id, { start, end }) {
    for (let number = Math.floor(start / CHUNK_BYTES); number * CHUNK_BYTES <= end; number += 1) {
      const row = await transact((trx) =>
        trx('attachment_chunks').where({ attachment_id: id, number }).first<{ bytes: Buffer } | undefined>('bytes'),
      );
      if (!row) throw new Error(`attachment ${id} has no chunk ${number}`);
      const from = number * CHUNK_BYTES;
      yield row.bytes.subarray(Math.max(0, start - from), end - from + 1);
    }
  },

  /** The chunks go with the attachment's row. */
  async remove() {},
};
