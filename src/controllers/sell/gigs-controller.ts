import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { emptyForm, formState, type FormState } from '../../forms/form.ts';
import { parseGig, type GigInput } from '../../forms/gig-form.ts';
import { changeRows, readGigValues, type GigValues } from '../../forms/gig-values.ts';
import { countedCategories } from '../../models/category.ts';
import { once } from '../../models/form-submission.ts';
import { createGig, lockOwnGig, readWorkingCopy, updateGig, type WorkingCopy } from '../../models/gig.ts';
import { gigsOf, standingOf } from '../../models/gig-list.ts';
import { paths } from '../../paths.ts';
import { authorize } from '../../policies/policy.ts';
import { maySell } from '../../policies/seller-policy.ts';
import { presentEditor, valuesOf } from '../../presenters/gig-editor.ts';
import { presentStanding } from '../../presenters/gig-standing.ts';
import { presentGigList } from '../../presenters/gig-list.ts';
import { submit } from './gig-reviews-controller.ts';

export async function index(request: Request, response: Response): Promise<void> {
  const gigs = await request.transaction((trx) => gigsOf(trx, request.person!.id));
  const list = presentGigList(gigs, request.query.status, request.services.config.currency);
  await response.page('seller/gigs/index', { title: 'Your gigs', nav: 'sell-gigs' }, { list });
}

export async function newGig(request: Request, response: Response): Promise<void> {
  await show(request, response, null, readGigValues({}), emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  authorize(maySell(request.person!));
  await save(request, response, null, async (trx, input) => {
    const id = randomUUID();
    const first = await once(trx, request.person!.id, formKeyOf(request) || id, paths.editGig(id));
    if (first) return first;
    await createGig(trx, request.person!.id, input, id);
    return id;
  });
}

export async function edit(request: Request, response: Response): Promise<void> {
  const gig = await ownGig(request);
  await show(request, response, gig, valuesOf(gig), emptyForm());
}

/** A GET on the address of an act goes to the page that the act belongs to. */
export function toEditor(request: Request, response: Response): void {
  response.redirect(303, paths.editGig(String(request.params.id)));
}

export async function update(request: Request, response: Response): Promise<void> {
  const gig = await ownGig(request);
  await save(request, response, gig, async (trx, input) => {
    if (!(await lockOwnGig(trx, request.person!.id, gig.id))) throw new NotFound();
    await updateGig(trx, (await readWorkingCopy(trx, gig.id))!, input);
    return gig.id;
  });
}

/** The three ways on from a sent form: one more row, what is wrong, or saved. `write` gives the gig's id, or the address of an earlier send. */
async function save(
  request: Request,
  response: Response,
  gig: WorkingCopy | null,
  write: (trx: Transaction, input: GigInput) => Promise<string>,
): Promise<void> {
  const values = readGigValues(request.body);
  const changed = changeRows(values, request.body);
  if (changed) return show(request, response, gig, changed, emptyForm());
  const parsed = parseGig(values);
  if (!parsed.valid) return show(request, response.status(422), gig, values, parsed.form);
  let written: string;
  try {
    written = await request.transaction((trx) => write(trx, parsed.data));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const errors = Object.entries(error.errors).map(([field, text]) => ({ field, text }));
    return show(request, response.status(422), gig, values, formState(values, errors));
  }
  if (written.startsWith('/')) return response.seeOther(written);
  if ((request.body as { then?: unknown }).then === 'review') return submit(request, response, written);
  await response.seeOther(paths.editGig(written), {
    kind: 'good',
    text: gig ? 'Your changes are saved.' : 'Your draft is saved.',
  });
}

async function ownGig(request: Request): Promise<WorkingCopy> {
  const gig = await request.transaction((trx) => readWorkingCopy(trx, String(request.params.id)));
  if (gig?.seller_id !== request.person!.id) throw new NotFound();
  return gig;
}

async function show(
  request: Request,
  response: Response,
  gig: WorkingCopy | null,
  values: GigValues,
  form: FormState,
): Promise<void> {
  const { config } = request.services;
  const [categories, standing] = await request.transaction(async (trx) => [
    await countedCategories(trx),
    gig ? await standingOf(trx, gig.id) : undefined,
  ]);
  const context = { categories, feeBps: config.platformFeeBps, currency: config.currency };
  await response.page(
    'seller/gigs/edit',
    { title: gig ? `Edit ${gig.title}` : 'New gig', nav: 'sell-gigs' },
    {
      editor: presentEditor(values, form, gig, context, formKeyOf(request)),
      standing: standing && presentStanding(standing),
      errors: form.errors,
    },
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function formKeyOf(request: Request): string {
  const { form_key: key } = request.body as { form_key?: unknown };
  return typeof key === 'string' && UUID.test(key) ? key : '';
}
