import type { Request, RequestHandler, Response } from 'express';
import { Invalid } from '../errors.ts';
import { unstorable } from './request-parsing.ts';
import { controlId } from '../forms/form.ts';
import type { FileThread } from '../models/attachment.ts';
import { PictureReceipt } from '../pictures/receipt.ts';
import { renderAvatar, renderPicture } from '../pictures/renderer.ts';
import { nestFields } from '../uploads/fields.ts';
import { ConnectionCut, type Part, type Parts } from '../uploads/parts.ts';
import { FileRefused, Receipt } from '../uploads/receive.ts';

type Takes = (field: string) => boolean;

/** Whether the act takes this file field now. @throws what the act itself would answer to this person at this moment */
export type Admission = (request: Request) => Promise<'repeated' | Takes>;
/** The same, and the thread in which the files are sent. */
export type FilesAdmission = (request: Request) => Promise<'repeated' | { takes: Takes; thread: FileThread }>;

/** The one field for files that most forms have. */
export const isFilesField: Takes = (field) => field === 'files' || field === 'files[]';

/** What becomes of the files of a form. */
interface Taker {
  admit(): Promise<'repeated' | Takes>;
  /** @throws FileRefused, ConnectionCut */
  take(file: FilePart): Promise<void>;
  /** Everything has arrived. */
  done(): void;
  /** Takes back what no act keeps. */
  discard?(): Promise<void>;
}

type FilePart = Extract<Part, { kind: 'file' }>;

/**
 * Reads the rest of a multipart form: its fields into request.body, its files into storage, where the act finds them as
 * request.uploads. The first file byte is kept only after `admit` has said that this act may take place.
 */
export const receiveFiles = (admit: FilesAdmission): RequestHandler =>
  receive((request, response) => {
    request.uploads = [];
    const { current: storage } = request.services.storages;
    const { transaction: transact, actor } = request;
    let receipt: Receipt | undefined;
    const discard = async () =>
      receipt?.discard().catch((error: unknown) => request.log.warn({ err: error }, 'files of a refused form stay'));
    return {
      async admit() {
        const admission = await admit(request);
        if (admission === 'repeated') return admission;
        receipt = new Receipt({ storage, transact, actor, thread: admission.thread });
        return admission.takes;
      },
      take: (file) => receipt!.take(file),
      discard,
      done() {
        request.uploads = receipt?.files ?? [];
        response.once('close', () => void discard());
      },
    };
  });

/** The same for pictures: each is drawn anew as it arrives, and the act finds them as request.pictures. */
export const receivePictures = (admit: Admission, most: number): RequestHandler =>
  receive((request) => {
    request.pictures = [];
    const receipt = new PictureReceipt(renderPicture, most);
    const admitted = () => admit(request);
    return { admit: admitted, take: (file) => receipt.take(file), done: () => (request.pictures = receipt.pictures) };
  });

/** The same for one face: request.avatar. */
export const receiveAvatar = (admit: Admission): RequestHandler =>
  receive((request) => {
    const receipt = new PictureReceipt(renderAvatar, 1);
    const admitted = () => admit(request);
    return { admit: admitted, take: (file) => receipt.take(file), done: () => ([request.avatar] = receipt.pictures) };
  });

const receive =
  (open: (request: Request, response: Response) => Taker): RequestHandler =>
  async (request, response, next) => {
    const taker = open(request, response);
    if (!request.parts) return next();
    try {
      await readForm(request, request.parts, taker);
    } catch (error) {
      await taker.discard?.();
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
    taker.done();
    next();
  };

async function readForm(request: Request, parts: Parts, taker: Taker): Promise<void> {
  const fields: [string, string][] = [];
  const read = () => {
    request.body = nestFields(fields);
    if (unstorable(request.body)) throw new Invalid({ '': 'The text contains a character that cannot be stored.' });
  };
  let takes: Takes | null = null;
  for (let part: Part | null = await parts.next(); part; part = await parts.next()) {
    if (part.kind === 'field') {
      fields.push([part.name, part.value]);
    } else if (part.fileName === '') {
      part.bytes.resume();
    } else if (request.uploadRefused) {
      break;
    } else {
      if (!takes) {
        read();
        const admission = await taker.admit();
        if (admission === 'repeated') return;
        takes = admission;
      }
      if (!takes(part.name)) throw new Invalid({ '': 'One of the files does not belong here. Load the page again.' });
      await taker.take(part);
    }
  }
  read();
}
