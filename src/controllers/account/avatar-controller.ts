import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { formState } from '../../forms/form.ts';
import { receiveAvatar } from '../../middleware/receive-files.ts';
import { addAvatar, avatarKey, wearAvatar } from '../../models/avatar.ts';
import { paths } from '../../paths.ts';
import { writeRenditions } from '../../storage/renditions.ts';
import { showAccount } from './profile-controller.ts';

const FIELD = 'avatar';

export const receive = receiveAvatar(() => Promise.resolve((field) => field === FIELD));

/** Shows a new picture beside the person's name. */
export async function create(request: Request, response: Response): Promise<void> {
  const { avatar: renditions, uploadRefused: refused } = request;
  if (refused) return showAccount(request, response.status(refused.status), formState({}, [refused]));
  if (!renditions) {
    const missing = { field: FIELD, text: 'Choose a picture first' };
    return showAccount(request, response.status(422), formState({}, [missing]));
  }
  const { current: storage } = request.services.storages;
  const face = { id: randomUUID(), userId: request.person!.id, renditions };
  await request.transaction((trx) => addAvatar(trx, face, storage));
  const files = renditions.map(({ width, bytes }) => ({ key: avatarKey(face.id, width), bytes }));
  await writeRenditions(storage, request.transaction, files);
  await request.transaction((trx) => wearAvatar(trx, face.userId, face.id));
  await response.seeOther(paths.account, { kind: 'good', text: 'Your picture is shown beside your name now.' });
}

export async function destroy(request: Request, response: Response): Promise<void> {
  await request.transaction((trx) => wearAvatar(trx, request.person!.id, null));
  await response.seeOther(paths.account, { kind: 'good', text: 'Your picture is taken away.' });
}

/** A GET on the address of an act goes to the page that the act belongs to. */
export function toAccount(_request: Request, response: Response): void {
  response.redirect(303, paths.account);
}
