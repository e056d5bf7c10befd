import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Transaction } from '../../database.ts';
import { Invalid } from '../../errors.ts';
import { formState, parseForm, type FormState } from '../../forms/form.ts';
import { formKey } from '../../forms/order-forms.ts';
import type { FlashMessage } from '../../middleware/flash.ts';
import { askerOf, loadOrder, loadWorkspace } from '../../middleware/load-order.ts';
import { once } from '../../models/form-submission.ts';
import type { OrderRow } from '../../models/order/order.ts';
import { authorizeAct, requireMoment, type OrderAct } from '../../policies/order-acts.ts';
import { roleIn, type Asker } from '../../policies/order-policy.ts';
import { NAV, presentOrder, workspacePath } from '../../presenters/order/page.ts';

/** What was typed cannot be taken; undoes the act's transaction on its way to the form's page. */
class FormRefused extends Invalid {
  readonly form: FormState;
  readonly status: number;
  constructor(form: FormState, status = 422) {
    super(form.messages);
    this.form = form;
    this.status = status;
  }
}

/** @throws FormRefused, which actOnOrder() turns into the form as it was typed */
export function readForm<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = parseForm(schema, body);
  if (!parsed.valid) throw new FormRefused(parsed.form);
  return parsed.data;
}

type Outcome = { location: string; repeated: boolean } | { refused: FormState; status: number };
type Work = (trx: Transaction, order: OrderRow, asker: Asker) => Promise<unknown>;

/**
 * Does an act on the order of the address: load, policy, repeat, state, then `work` reads the form and changes, all in
 * one transaction as the asker. A refused form undoes it and comes back to be shown again.
 * @throws NotFound, Forbidden, WrongState
 */
export async function actOnOrder(request: Request, act: OrderAct, work: Work): Promise<Outcome> {
  const asker = askerOf(request);
  try {
    return await request.transaction(async (trx) => {
      const order = await loadOrder(request, trx);
      authorizeAct(act, asker, order);
      const location = workspacePath(order.id, roleIn(asker.actor, order)!);
      const { form_key: key } = readForm(formKey, request.body);
      const first = key && 'id' in asker.actor ? await once(trx, asker.actor.id, key, location) : null;
      if (first) return { location: first, repeated: true };
      requireMoment(act, asker, order);
      const { uploadRefused } = request;
      if (uploadRefused) throw new FormRefused(formState(request.body, [uploadRefused]), uploadRefused.status);
      await work(trx, order, asker);
      return { location, repeated: false };
    });
  } catch (error) {
    if (error instanceof FormRefused) return { refused: error.form, status: error.status };
    throw error;
  }
}

/** The page of an act: its title, its view, and the form in it that htmx swaps. */
export interface ActPage {
  act: OrderAct;
  title: string;
  view: string;
  partial: string;
}

/** What is said of a kept draft; nothing where the page kept it by itself while somebody typed. */
export const draftSaved = ({ body }: Request): string | null =>
  (body as { autosave?: unknown }).autosave === '1' ? null : 'Your draft is saved. Only you see it.';

/** Ends an act: back to the workspace, or the act's own page with what was typed. */
export async function answerAct(
  request: Request,
  response: Response,
  page: ActPage,
  outcome: Outcome,
  text: string | null,
): Promise<void> {
  if ('refused' in outcome) return showAct(request, response.status(outcome.status), page, outcome.refused);
  const flash: FlashMessage | undefined = text && !outcome.repeated ? { kind: 'good', text } : undefined;
  await response.seeOther(outcome.location, flash);
}

/**
 * Shows an act's own page to whom it is offered.
 * @throws NotFound, Forbidden, WrongState
 */
export async function showAct(request: Request, response: Response, page: ActPage, typed?: FormState): Promise<void> {
  const { order, reader } = await loadWorkspace(request);
  authorizeAct(page.act, reader.asker, order);
  requireMoment(page.act, reader.asker, order);
  await response.page(
    page.view,
    { title: page.title, nav: NAV[reader.role], form: true, partial: page.partial },
    { order: presentOrder(order, reader, typed && { [page.act]: typed }), title: page.title, errors: typed?.errors },
  );
}
