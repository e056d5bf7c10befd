import type { Request, Response } from 'express';
import { Conflict, NotFound } from '../../errors.ts';
import type { Transaction } from '../../database.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { suspensionForm, userFilter } from '../../forms/user-forms.ts';
import { originOf } from '../../models/audit-event.ts';
import { auditOf } from '../../models/audit-list.ts';
import { findUser, reinstateUser, suspendUser, userPage, type UserRow } from '../../models/user-list.ts';
import { paths } from '../../paths.ts';
import { maySuspend } from '../../policies/user-policy.ts';
import { authorize } from '../../policies/policy.ts';
import { presentAudit } from '../../presenters/audit.ts';
import { presentUser, presentUsers } from '../../presenters/users.ts';

const PAGE = 30;

export async function index(request: Request, response: Response): Promise<void> {
  const filter = userFilter.parse(request.query);
  const rows = await request.transaction((trx) => userPage(trx, filter, PAGE + 1));
  await response.page(
    'admin/users/index',
    { title: 'People', nav: 'admin-users', q: null },
    presentUsers(rows, filter, PAGE, request.person!.timeZone),
  );
}

export async function show(request: Request, response: Response): Promise<void> {
  await showUser(request, response, emptyForm());
}

/** A GET on the address of an act goes to its page. */
export const toUser = (request: Request, response: Response): void =>
  response.redirect(303, paths.adminUser(String(request.params.id)));

export async function suspend(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(suspensionForm, request.body);
  if (!parsed.valid) return showUser(request, response.status(422), parsed.form);
  const { reason } = parsed.data;
  const user = await decide(request, async (trx, { id }) => {
    const done = await suspendUser(trx, { userId: id, adminId: request.person!.id, reason, from: originOf(request) });
    if (!done) throw new Conflict('This account is suspended already.');
  });
  await response.seeOther(paths.adminUser(user.id), { kind: 'good', text: `${user.display_name} is suspended.` });
}

export async function reinstate(request: Request, response: Response): Promise<void> {
  const user = await decide(request, async (trx, { id }) => {
    const done = await reinstateUser(trx, { userId: id, adminId: request.person!.id, from: originOf(request) });
    if (!done) throw new Conflict('This account is not suspended.');
  });
  await response.seeOther(paths.adminUser(user.id), { kind: 'good', text: `${user.display_name} may act again.` });
}

/** As the system actor, after the policy: no person writes users, not even an admin. */
const decide = (request: Request, act: (trx: Transaction, user: UserRow) => Promise<void>): Promise<UserRow> =>
  request.services.database.withSystem('sign-in', async (trx) => {
    const user = await findUser(trx, String(request.params.id));
    if (!user) throw new NotFound();
    authorize(maySuspend(request.person!, user));
    await act(trx, user);
    return user;
  });

async function showUser(request: Request, response: Response, form: FormState): Promise<void> {
  const id = String(request.params.id);
  const { user, events } = await request.transaction(async (trx) => ({
    user: await findUser(trx, id),
    events: await auditOf(trx, id, 50),
  }));
  if (!user) throw new NotFound();
  const decision = maySuspend(request.person!, user);
  await response.page(
    'admin/users/show',
    { title: user.display_name, nav: 'admin-users', q: null },
    { ...form, user: presentUser(user, decision, request.person!.timeZone), security: presentEvents(request, events) },
  );
}

const presentEvents = (request: Request, events: Parameters<typeof presentAudit>[0][]) => ({
  events: events.map((event) => presentAudit(event, request.person!.timeZone)),
});
