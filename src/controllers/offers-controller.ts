import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Transaction } from '../database.ts';
import { Conflict } from '../errors.ts';
import { emptyForm, formState, parseForm, type FormState } from '../forms/form.ts';
import { offerForm } from '../forms/offer-forms.ts';
import { findConversation } from '../models/conversation.ts';
import { once } from '../models/form-submission.ts';
import * as offers from '../models/offer.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { paths } from '../paths.ts';
import { mayDeclineOffer, mayMakeOffer, mayWithdrawOffer } from '../policies/offer-policy.ts';
import { authorize } from '../policies/policy.ts';
import { presentOfferForm } from '../presenters/offer.ts';

const idOf = (request: Request) => String(request.params.id);

export async function newOffer(request: Request, response: Response): Promise<void> {
  await showForm(request, response, emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  const person = request.person!;
  const here = paths.conversation(idOf(request));
  const parsed = parseForm(offerForm, request.body);
  const { uploadRefused: refused } = request;
  if (!parsed.valid) return showForm(request, response.status(422), parsed.form);
  if (refused)
    return showForm(request, response.status(429), formState(request.body, [{ ...refused, field: 'title' }]));
  const { form_key: key, ...input } = parsed.data;
  await request.transaction(async (trx) => {
    const thread = await findConversation(trx, idOf(request), person.id);
    authorize(mayMakeOffer(person, thread));
    const repeated = key && (await once(trx, person.id, key, here));
    if (repeated) return;
    const { gig_id: gigId } = await offers.gigToOffer(trx, thread.id);
    await offers.makeOffer(trx, randomUUID(), thread, gigId, input);
  });
  await response.seeOther(here, { kind: 'good', text: 'Your offer is sent.' });
}

export const withdraw = end('withdrawn', mayWithdrawOffer, 'The offer is withdrawn.');
export const decline = end('declined', mayDeclineOffer, 'The offer is declined.');

function end(status: 'withdrawn' | 'declined', may: typeof mayDeclineOffer, text: string) {
  return async (request: Request, response: Response): Promise<void> => {
    const offer = await request.transaction(async (trx) => {
      const offer = await offers.findOffer(trx, idOf(request), request.person!.id);
      authorize(may(request.person!, offer));
      await offers.endOffer(trx, offer, status);
      return offer;
    });
    await response.seeOther(paths.conversation(offer.conversation_id), { kind: 'good', text });
  };
}

/** A GET on the address of an act goes to the thread that it belongs to. */
export async function toThread(request: Request, response: Response): Promise<void> {
  const offer = await request.transaction((trx) => offers.findOffer(trx, idOf(request), request.person!.id));
  response.redirect(303, paths.conversation(offer.conversation_id));
}

/** The form; whoever may not make an offer here just now hears why instead. */
async function showForm(request: Request, response: Response, form: FormState): Promise<void> {
  const { config } = request.services;
  const { thread, gig, feeBps } = await request.transaction(async (trx) => ({
    ...(await place(trx, request)),
    feeBps: (await settingsNow(trx, config)).platformFeeBps,
  }));
  await response.page(
    'offers/new',
    { title: 'Make an offer', nav: 'messages', form: true },
    { offer: presentOfferForm(thread, gig, feeBps, config.currency), formKey: randomUUID(), ...form },
  );
}

async function place(trx: Transaction, request: Request) {
  const thread = await findConversation(trx, idOf(request), request.person!.id);
  authorize(mayMakeOffer(request.person!, thread));
  if (thread.blocked) throw new Conflict('This conversation is closed.');
  const newest = await offers.newestOffer(trx, thread.id);
  if (newest && offers.isOpen(newest)) throw offers.anotherOpen();
  return { thread, gig: await offers.gigToOffer(trx, thread.id) };
}
