import type { Request, Response } from 'express';
import { z } from 'zod';
import { formState, emptyForm, type FormState } from '../../forms/form.ts';
import { askDeletion, deletionObstacles, withdrawDeletion } from '../../models/account-deletion.ts';
import { exportAccount } from '../../models/account-export.ts';
import { originOf, recordAlone } from '../../models/audit-event.ts';
import { confirmsPassword } from '../../models/credentials.ts';
import { findSecurity } from '../../models/security.ts';
import { paths } from '../../paths.ts';
import { presentSecurity } from '../../presenters/security.ts';

const deletionForm = z.object({ current_password: z.string().max(200).optional() });

/** Everything about the person, as one JSON file. */
export async function download(request: Request, response: Response): Promise<void> {
  const { id, username } = request.person!;
  const data = await request.transaction((trx) => exportAccount(trx, id));
  const event = { actorId: id, subjectId: id, action: 'account.exported', from: originOf(request) };
  await recordAlone(request.services.database, event);
  response.attachment(`gigflow-${username}.json`).set('Cache-Control', 'private, no-store');
  response.type('json').send(JSON.stringify(data, null, 2));
}

export async function showDeletion(request: Request, response: Response): Promise<void> {
  await show(request, response, emptyForm());
}

export async function ask(request: Request, response: Response): Promise<void> {
  const { services, person } = request;
  const parsed = deletionForm.safeParse(request.body);
  if (!parsed.success || !(await confirmsPassword(services, person!.id, parsed.data.current_password))) {
    const wrong = formState({}, [{ field: 'current_password', text: 'This is not your password' }]);
    return show(request, response.status(422), wrong);
  }
  await askDeletion(services, person!.id, originOf(request));
  await response.seeOther(paths.accountDeletion, { kind: 'info', text: 'Your account will be deleted in 14 days.' });
}

export async function withdraw(request: Request, response: Response): Promise<void> {
  await withdrawDeletion(request.services.database, request.person!.id, originOf(request));
  await response.seeOther(paths.accountSecurity, { kind: 'good', text: 'Your account stays.' });
}

export const toDeletion = (_request: Request, response: Response): void =>
  response.redirect(303, paths.accountDeletion);

async function show(request: Request, response: Response, form: FormState): Promise<void> {
  const { id, timeZone } = request.person!;
  const security = presentSecurity(await request.transaction((trx) => findSecurity(trx, id)), timeZone);
  const obstacles = security.deletion ? [] : await deletionObstacles(request.services, id);
  await response.page('account/deletion', { title: 'Delete your account' }, { ...form, security, obstacles });
}
