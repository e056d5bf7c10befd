import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { emptyForm, formState } from '../../forms/form.ts';
import { parseGig, type GigInput } from '../../forms/gig-form.ts';
import { changeRows, readGigValues } from '../../forms/gig-values.ts';
import { once } from '../../models/form-submission.ts';
import { createGig, lockOwnGig, readWorkingCopy, updateGig, type WorkingCopy } from '../../models/gig.ts';
import { gigsOf } from '../../models/gig-list.ts';
import { paths } from '../../paths.ts';
import { authorize } from '../../policies/policy.ts';
import { maySell } from '../../policies/seller-policy.ts';
import { valuesOf } from '../../presenters/gig-editor.ts';
import { presentGigList } from '../../presenters/gig-list.ts';
import { formKeyOf, ownGig, showEditor, surroundings } from './gig-editor-page.ts';
import { submit } from './gig-reviews-controller.ts';

export async function index(request: Request, response: Response): Promise<void> {
  const gigs = await request.transaction((trx) => gigsOf(trx, request.person!.id));
  const list = presentGigList(gigs, request.query.status, request.services.config.currency);
  await response.page('seller/gigs/index', { title: 'Your gigs', nav: 'sell-gigs' }, { list });
}

export async function newGig(request: Request, response: Response): Promise<void> {
  await showEditor(request, response, null, readGigValues({}), emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  authorize(maySell(request.person!));
  await save(request, response, null, async (trx, input) => {
    const id = randomUUID();
    const first = await once(trx, request.person!.id, formKeyOf(request) || id, paths.editGig(id));
    if (first) return { sentBefore: first };
    return { id: await createGig(trx, request.person!.id, input, id) };
  });
}

export async function edit(request: Request, response: Response): Promise<void> {
  const [gig, around] = await request.transaction(async (trx) => {
    const own = await ownGig(trx, request);
    return [own, await surroundings(trx, own, request.services.config)] as const;
  });
  await showEditor(request, response, gig, valuesOf(gig), emptyForm(), around);
}

/** A GET on the address of an act goes to the page that the act belongs to. */
export function toEditor(request: Request, response: Response): void {
  response.redirect(303, paths.editGig(String(request.params.id)));
}

export async function update(request: Request, response: Response): Promise<void> {
  const gig = await request.transaction((trx) => ownGig(trx, request));
  await save(request, response, gig, async (trx, input) => {
    if (!(await lockOwnGig(trx, request.person!.id, gig.id))) throw new NotFound();
    await updateGig(trx, (await readWorkingCopy(trx, gig.id))!, input);
    return { id: gig.id };
  });
}

type Written = { id: string } | { sentBefore: string };

/** The ways on from a sent form: one row more or less, what is to fix, or saved. */
async function save(
  request: Request,
  response: Response,
  gig: WorkingCopy | null,
  write: (trx: Transaction, input: GigInput) => Promise<Written>,
): Promise<void> {
  const values = readGigValues(request.body);
  const changed = changeRows(values, request.body);
  if (changed) return showEditor(request, response, gig, changed, emptyForm());
  const parsed = parseGig(values);
  if (!parsed.valid) return showEditor(request, response.status(422), gig, values, parsed.form);
  let written: Written;
  try {
    written = await request.transaction((trx) => write(trx, parsed.data));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const errors = Object.entries(error.errors).map(([field, text]) => ({ field, text }));
    return showEditor(request, response.status(422), gig, values, formState(values, errors));
  }
  if ('sentBefore' in written) return response.seeOther(written.sentBefore);
  if ((request.body as { then?: unknown }).then === 'review') return submit(request, response, written.id);
  const text = gig ? 'Your changes are saved.' : 'Your draft is saved.';
  await response.seeOther(paths.editGig(written.id), { kind: 'good', text });
}
