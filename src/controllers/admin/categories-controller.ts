import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { categoryForm } from '../../forms/category-form.ts';
import { emptyForm, formState, parseForm, type FormState } from '../../forms/form.ts';
import { originOf, recordAudit } from '../../models/audit-event.ts';
import {
  addCategory,
  categoryDesk,
  changeCategory,
  removeCategory,
  type CategoryOnDesk,
} from '../../models/category-desk.ts';
import type { Transaction } from '../../database.ts';
import { slugOf } from '../../models/gig.ts';
import { paths } from '../../paths.ts';
import { presentCategories, presentCategory } from '../../presenters/admin/categories.ts';

export async function index(request: Request, response: Response): Promise<void> {
  await showList(request, response, emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(categoryForm, request.body);
  if (!parsed.valid) return showList(request, response.status(422), parsed.form);
  const id = randomUUID();
  const added = await desk(request, async (trx) => {
    const done = await addCategory(trx, id, slugOf(parsed.data.name), parsed.data);
    if (done) await note(trx, request, 'category.added', id, parsed.data);
    return done;
  });
  if (!added) {
    const errors = [{ field: 'name', text: 'There is a category of this name already' }];
    return showList(request, response.status(422), formState(request.body, errors));
  }
  await response.seeOther(paths.adminCategories, { kind: 'good', text: `“${parsed.data.name}” is added.` });
}

export async function edit(request: Request, response: Response): Promise<void> {
  const category = await find(request);
  const { name, examples, position } = category;
  await showOne(request, response, category, emptyForm({ name, examples, position }));
}

export async function update(request: Request, response: Response): Promise<void> {
  const category = await find(request);
  const parsed = parseForm(categoryForm, request.body);
  if (!parsed.valid) return showOne(request, response.status(422), category, parsed.form);
  await desk(request, async (trx) => {
    await changeCategory(trx, category.id, parsed.data);
    await note(trx, request, 'category.changed', category.id, parsed.data);
  });
  await response.seeOther(paths.adminCategories, { kind: 'good', text: 'Saved.' });
}

export async function destroy(request: Request, response: Response): Promise<void> {
  const category = await find(request);
  const removed = await desk(request, async (trx) => {
    const done = await removeCategory(trx, category.id);
    if (done) await note(trx, request, 'category.removed', category.id, { name: category.name });
    return done;
  });
  if (removed)
    return response.seeOther(paths.adminCategories, { kind: 'good', text: `“${category.name}” is removed.` });
  const text = `Gigs stand under “${category.name}”, so it stays. Sellers can move them.`;
  await response.seeOther(paths.adminCategory(category.id), { kind: 'bad', text });
}

/** A GET on the address of an act goes to its page. */
export const toCategory = (request: Request, response: Response): void =>
  response.redirect(303, paths.adminCategory(String(request.params.id)));

/** As the system actor, since the line of the audit log belongs into the same transaction. */
const desk = <T>(request: Request, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  request.services.database.withSystem('audit', work);

const note = (trx: Transaction, request: Request, action: string, id: string, details: object): Promise<unknown> =>
  recordAudit(trx, {
    actorId: request.person!.id,
    action,
    target: { type: 'category', id },
    details: { ...details },
    from: originOf(request),
  });

async function find(request: Request): Promise<CategoryOnDesk> {
  const all = await request.transaction(categoryDesk);
  const found = all.find(({ id }) => id === request.params.id);
  if (!found) throw new NotFound();
  return found;
}

async function showList(request: Request, response: Response, form: FormState): Promise<void> {
  const categories = await request.transaction(categoryDesk);
  await response.page(
    'admin/categories/index',
    { title: 'Categories', nav: 'admin-categories', q: null },
    { ...form, categories: presentCategories(categories) },
  );
}

async function showOne(
  _request: Request,
  response: Response,
  category: CategoryOnDesk,
  form: FormState,
): Promise<void> {
  await response.page(
    'admin/categories/edit',
    { title: category.name, nav: 'admin-categories', q: null },
    { ...form, category: presentCategory(category) },
  );
}
