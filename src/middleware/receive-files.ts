import type { Request, RequestHandler } from 'express';
import { Invalid } from '../errors.ts';
import { containsNul } from './request-parsing.ts';
import { controlId } from '../forms/form.ts';
import { nestFields } from '../uploads/fields.ts';
import { ConnectionCut, type Part, type Parts } from '../uploads/parts.ts';
import { FileRefused, Receipt } from '../uploads/receive.ts';

/** Whether the act takes this file field now. @throws what the act itself would answer to this person at this moment */
export type Admission = (request: Request) => Promise<'repeated' | ((field: string) => boolean)>;

/**
 * Reads the rest of a multipart form: its fields into request.body, its files into storage, where the act finds them as
 * request.uploads. The first file byte is kept only after `admit` has said that this act may take place.
 */
export const receiveFiles =
  (admit: Admission): RequestHandler =>
  async (request, response, next) => {
    request.uploads = [];
    if (!request.parts) return next();
    const { current: storage } = request.services.storages;
    const { transaction: transact, actor } = request;
    const receipt = new Receipt({ storage, transact, actor, orderId: String(request.params.id) });
    const discard = () =>
      receipt.discard().catch((error: unknown) => request.log.warn({ err: error }, 'files of a refused form stay'));
    try {
      await readForm(request, request.parts, admit, receipt);
    } catch (error) {
      await discard();
      if (error instanceof FileRefused) {
        request.uploadRefused = {
          field: controlId(error.field.split(/[[\]]/).filter(Boolean)),
          text: error.message,
          status: error.status,
        };
        return next();
      }
      // Nobody is there any more to read an answer.
      if (error instanceof ConnectionCut) return void request.socket.destroy();
      throw error;
    }
    request.uploads = receipt.files;
    response.once('close', () => void discard());
    next();
  };

async function readForm(request: Request, parts: Parts, admit: Admission, receipt: Receipt): Promise<void> {
  const fields: [string, string][] = [];
  const read = () => {
    request.body = nestFields(fields);
    if (containsNul(request.body)) throw new Invalid({ '': 'The text contains a character that cannot be stored.' });
  };
  let takes: ((field: string) => boolean) | null = null;
  for (let part: Part | null = await parts.next(); part; part = await parts.next()) {
    if (part.kind === 'field') {
      fields.push([part.name, part.value]);
    } else if (part.fileName === '') {
      part.bytes.resume();
    } else {
      if (!takes) {
        read();
        const admission = await admit(request);
        if (admission === 'repeated') return;
        takes = admission;
      }
      if (!takes(part.name)) throw new Invalid({ '': 'One of the files does not belong here. Load the page again.' });
      await receipt.take(part);
    }
  }
  read();
}
