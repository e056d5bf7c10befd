import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { formState, parseForm, type FieldError } from '../../forms/form.ts';
import { pictureForm } from '../../forms/picture-forms.ts';
import { receivePictures } from '../../middleware/receive-files.ts';
import { firstLocation, once } from '../../models/form-submission.ts';
import {
  addImage,
  describeImage,
  fullText,
  hangImages,
  imageKey,
  moveImage,
  roomIn,
  takeDownImage,
} from '../../models/gig-image.ts';
import { lockOwnGig } from '../../models/gig.ts';
import { paths } from '../../paths.ts';
import { MOST_PICTURES } from '../../pictures/limits.ts';
import { plural } from '../../presenters/dates.ts';
import { valuesOf } from '../../presenters/gig-editor.ts';
import { writeRenditions } from '../../storage/renditions.ts';
import { FileRefused } from '../../uploads/receive.ts';
import { formKeyOf, ownGig, showEditor } from './gig-editor-page.ts';

const FIELD = 'images';

/** Owner, repeat and room are asked before the first byte of a picture is kept. */
export const receive = receivePictures(
  (request) =>
    request.transaction(async (trx) => {
      const gig = await ownGig(trx, request);
      const key = formKeyOf(request);
      if (key && (await firstLocation(trx, request.person!.id, key))) return 'repeated';
      if ((await roomIn(trx, gig.id)) <= 0) throw new FileRefused(FIELD, fullText(0), 422);
      return (field) => field === FIELD;
    }),
  MOST_PICTURES,
);

/** Hangs the pictures that came with the form at the end of the gallery. */
export async function create(request: Request, response: Response): Promise<void> {
  const { storages } = request.services;
  const home = paths.gigPictures(String(request.params.id));
  const gig = await request.transaction((trx) => ownGig(trx, request));
  const refused = request.uploadRefused;
  if (refused) return refuse(request, response.status(refused.status), [refused]);
  const key = formKeyOf(request);
  const first = key && (await request.transaction((trx) => firstLocation(trx, request.person!.id, key)));
  if (first) return response.seeOther(first);
  if (request.pictures.length === 0) {
    return refuse(request, response.status(422), [{ field: FIELD, text: 'Choose a picture first' }]);
  }
  const ids = await request.transaction(async (trx) => {
    const added: string[] = [];
    for (const picture of request.pictures) added.push(await addImage(trx, gig.id, picture, storages.current));
    return added;
  });
  await writeRenditions(
    storages.current,
    request.transaction,
    request.pictures.flatMap(({ renditions }, index) =>
      renditions.map(({ width, format, bytes }) => ({ key: imageKey(ids[index]!, width, format), bytes })),
    ),
  );
  try {
    await change(request, async (trx, gigId) => {
      if (key && (await once(trx, request.person!.id, key, home))) return;
      await hangImages(trx, gigId, ids);
    });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return refuse(request, response.status(422), [{ field: FIELD, text: error.message }]);
  }
  await done(request, response, `${ids.length === 1 ? 'One picture' : plural(ids.length, 'picture')} added.`);
}

/** What a picture shows, in words, and its place. */
export async function update(request: Request, response: Response): Promise<void> {
  const gig = await request.transaction((trx) => ownGig(trx, request));
  if (!gig.images.some(({ id }) => id === request.params.pid)) throw new NotFound();
  const parsed = parseForm(pictureForm, request.body);
  if (!parsed.valid) {
    const errors = parsed.form.errors.map(({ field, text }) => ({ field: `${field}-${request.params.pid}`, text }));
    return refuse(request, response.status(422), errors, request.body);
  }
  const { alt, move } = parsed.data;
  const place = await change(request, async (trx, gigId, id) => {
    if ((await describeImage(trx, gigId, id, alt)) === 0) throw new NotFound();
    return move && moveImage(trx, gigId, id, move === 'up' ? -1 : 1);
  });
  await done(request, response, place ? `It is picture ${place} now.` : 'The description is saved.');
}

export async function destroy(request: Request, response: Response): Promise<void> {
  await change(request, async (trx, gigId, id) => {
    if ((await takeDownImage(trx, gigId, id)) === 0) throw new NotFound();
  });
  await done(request, response, 'The picture is taken out.');
}

const change = <Result>(
  request: Request,
  work: (trx: Transaction, gigId: string, imageId: string) => Promise<Result>,
): Promise<Result> =>
  request.transaction(async (trx) => {
    const gig = await lockOwnGig(trx, request.person!.id, String(request.params.id));
    if (!gig) throw new NotFound();
    return work(trx, gig.id, String(request.params.pid));
  });

const done = (request: Request, response: Response, text: string): Promise<void> =>
  response.seeOther(paths.gigPictures(String(request.params.id)), { kind: 'good', text });

/** The editor again, with what to fix; the gig's own fields as they are saved. */
async function refuse(request: Request, response: Response, errors: FieldError[], typed?: unknown): Promise<void> {
  const gig = await request.transaction((trx) => ownGig(trx, request));
  await showEditor(request, response, gig, valuesOf(gig), formState(typed, errors));
}
