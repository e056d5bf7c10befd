import type { Request } from 'express';
import type { Transaction } from '../database.ts';
import { Conflict, NotFound, TooMany } from '../errors.ts';
import { uuid } from '../forms/fields.ts';
import { isFilesField, receiveFiles } from '../middleware/receive-files.ts';
import { findAskedGig, findConversation, openConversation } from '../models/conversation.ts';
import { firstLocation } from '../models/form-submission.ts';
import { FileRefused } from '../uploads/receive.ts';

const field = (request: Request, name: 'gig' | 'form_key'): string | undefined =>
  uuid.safeParse((request.body as Record<string, unknown>)[name]).data;

/** Where this form has led before; null when it is new. */
export async function sentBefore(request: Request, trx: Transaction): Promise<string | null> {
  const key = field(request, 'form_key');
  return key ? firstLocation(trx, request.person!.id, key) : null;
}

/** Takes the files of an answer: thread, repeat and block are asked before the first byte is kept. */
export const filesOfReply = receiveFiles((request) =>
  request.transaction(async (trx) => {
    const thread = await findConversation(trx, String(request.params.id), request.person!.id);
    return (await sentBefore(request, trx)) ? 'repeated' : admit(thread);
  }),
);

/** Takes the files of a first question. A file needs its thread, so the thread is opened before the question stands in it. */
export const filesOfQuestion = receiveFiles(async (request) => {
  const { id } = request.person!;
  const gigId = field(request, 'gig');
  if (!gigId) throw new NotFound();
  const asked = request.transaction(async (trx) => {
    if (await sentBefore(request, trx)) return 'repeated';
    const opened = await openConversation(trx, id, await findAskedGig(trx, gigId, id));
    return admit(await findConversation(trx, opened, id));
  });
  return asked.catch((error: unknown) => {
    throw error instanceof TooMany ? new FileRefused('body', error.message, 429) : error;
  });
});

function admit({ id, blocked }: { id: string; blocked: boolean }) {
  if (blocked) throw new Conflict('This conversation is closed.');
  return { takes: isFilesField, thread: { conversation_id: id } };
}
