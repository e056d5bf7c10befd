import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Transaction } from '../database.ts';
import { NotFound, TooMany } from '../errors.ts';
import { reportForm, sentForm } from '../forms/conversation-forms.ts';
import { uuid } from '../forms/fields.ts';
import { emptyForm, formState, parseForm, type FormState } from '../forms/form.ts';
import { originOf, recordAlone } from '../models/audit-event.ts';
import { reportConversation, reportedAt } from '../models/conversation-report.ts';
import * as conversations from '../models/conversation.ts';
import { once } from '../models/form-submission.ts';
import { markRead } from '../models/notification.ts';
import { newestOffer } from '../models/offer.ts';
import { paths } from '../paths.ts';
import { presentConversation, presentThreadPage } from '../presenters/conversation.ts';
import { longDate } from '../presenters/dates.ts';
import { firstName } from '../presenters/names.ts';
import { presentThreadOffer } from '../presenters/offer.ts';
import { sentBefore } from './conversation-files.ts';

const { THREADS_SHOWN } = conversations;
const query = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });
const idOf = (request: Request) => String(request.params.id);

/** Everybody with whom a person talks, outside of orders. */
export async function index(request: Request, response: Response): Promise<void> {
  const { id, timeZone } = request.person!;
  const { before } = query.parse(request.query);
  const rows = await request.transaction((trx) => conversations.listConversations(trx, id, before));
  const shown = rows.slice(0, THREADS_SHOWN);
  const more = rows.length > THREADS_SHOWN && String(shown.at(-1)!.last_number);
  await response.page(
    'messages/index',
    { title: 'Messages', nav: 'messages' },
    {
      threads: shown.map((row) => presentConversation(row, id, timeZone)),
      pager: { prev: before && paths.messages(), next: more && paths.messages({ before: more }) },
    },
  );
}

export async function show(request: Request, response: Response): Promise<void> {
  await showThread(request, response);
}

/** Asks about a gig before buying it. */
export async function newConversation(request: Request, response: Response): Promise<void> {
  const gigId = uuid.safeParse(request.query.gig);
  if (!gigId.success) return response.redirect(303, paths.messages());
  const known = await request.transaction((trx) => conversations.askedThread(trx, request.person!.id, gigId.data));
  if (known) return response.redirect(303, paths.conversation(known));
  await showEnquiry(request, response, gigId.data, emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  const gigId = uuid.safeParse((request.body as { gig?: unknown }).gig);
  if (!gigId.success) throw new NotFound();
  const { id } = request.person!;
  const sent = await send(request, 'your question', async (trx) =>
    conversations.openConversation(trx, id, await conversations.findAskedGig(trx, gigId.data, id)),
  );
  if ('form' in sent) return showEnquiry(request, response.status(sent.status), gigId.data, sent.form);
  await response.seeOther(sent.location, { kind: 'good', text: 'Your question is sent.' });
}

export async function reply(request: Request, response: Response): Promise<void> {
  const sent = await send(
    request,
    'a message',
    async (trx) => (await conversations.findConversation(trx, idOf(request), request.person!.id)).id,
  );
  if ('location' in sent) return response.seeOther(sent.location);
  // The id of the control: other forms on the page have fields of the same name.
  const errors = sent.form.errors.map((error) => ({ ...error, field: `message-${error.field}` }));
  await showThread(request, response.status(sent.status), { ...sent.form, errors });
}

type Sent = { location: string } | { form: FormState; status: number };

/** Writes what a form says into its thread, once for each form. @returns where it stands, or the form to show again */
async function send(
  request: Request,
  what: Parameters<typeof sentForm>[0],
  threadOf: (trx: Transaction) => Promise<string>,
): Promise<Sent> {
  const { body, uploads, uploadRefused: refused } = request;
  const { id } = request.person!;
  const sending = request.transaction(async (trx): Promise<Sent> => {
    const first = await sentBefore(request, trx);
    if (first) return { location: first };
    if (refused) return { form: formState(body, [refused]), status: refused.status };
    const parsed = parseForm(sentForm(what, uploads.length), body);
    if (!parsed.valid) return { form: parsed.form, status: 422 };
    const thread = await threadOf(trx);
    const location = paths.conversation(thread);
    const { form_key: key } = parsed.data;
    const repeated = key && (await once(trx, id, key, location));
    if (!repeated) await conversations.writeMessage(trx, thread, id, parsed.data.body, uploads);
    return { location };
  });
  return sending.catch((error: unknown) => {
    if (!(error instanceof TooMany)) throw error;
    return { form: formState(body, [{ field: 'body', text: error.message }]), status: 429 };
  });
}

/** Nobody writes here any more, until the one who blocked takes it back. */
export const block = changeBlock(conversations.block, 'You will hear nothing more from here.');
export const unblock = changeBlock(conversations.unblock, 'You can write to each other again.');

function changeBlock(change: typeof conversations.block | typeof conversations.unblock, text: string) {
  return async (request: Request, response: Response): Promise<void> => {
    const { id } = request.person!;
    await request.transaction(async (trx) => {
      const thread = await conversations.findConversation(trx, idOf(request), id);
      await change(trx, id, thread.buyer_id === id ? thread.seller_id : thread.buyer_id);
    });
    await response.seeOther(paths.conversation(idOf(request)), { kind: 'good', text });
  };
}

/** Waits for an admin at /admin/reports; a second one of the same person changes nothing while the first is open. */
export async function report(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(reportForm, request.body);
  if (!parsed.valid) return showThread(request, response.status(422), parsed.form);
  const { id } = request.person!;
  const { reason } = parsed.data;
  const { conversationId, made } = await request.transaction(async (trx) => {
    const { id: conversationId } = await conversations.findConversation(trx, idOf(request), id);
    return { conversationId, made: await reportConversation(trx, { conversationId, reporterId: id, reason }) };
  });
  if (made)
    await recordAlone(request.services.database, {
      actorId: id,
      action: 'conversation.report',
      target: { type: 'conversation', id: conversationId },
      details: { reason },
      from: originOf(request),
    });
  await response.seeOther(paths.conversation(conversationId), { kind: 'good', text: 'Thank you. We will look at it.' });
}

export const toThread = (request: Request, response: Response): void =>
  response.redirect(303, paths.conversation(idOf(request)));

async function showThread(request: Request, response: Response, form: FormState = emptyForm()): Promise<void> {
  const { person, services } = request;
  const { id, timeZone } = person!;
  const { before } = query.parse(request.query);
  const latest = before === undefined;
  const { thread, said, offer, reported } = await request.transaction(async (trx) => {
    const thread = await conversations.findConversation(trx, idOf(request), id);
    const said = await conversations.conversationMessages(trx, thread.id, before);
    const offer = await newestOffer(trx, thread.id);
    const unread = latest && (thread.last_number ?? 0) > thread.read_number;
    if (unread) await conversations.markThreadRead(trx, thread.id, id, thread.last_number!);
    if (unread || offer) person!.unread -= await markRead(trx, id, { conversation_id: thread.id });
    return { thread, said, offer, reported: await reportedAt(trx, thread.id, id) };
  });
  await response.page(
    'messages/show',
    { title: 'Messages', nav: 'messages', partial: 'messages/_thread' },
    {
      thread: presentThreadPage(thread, said, latest, id, timeZone),
      offers: presentThreadOffer(thread, offer, id, { currency: services.config.currency, zone: timeZone }),
      reportedOn: reported && longDate(reported, timeZone),
      latest,
      ...form,
    },
  );
}

async function showEnquiry(request: Request, response: Response, gigId: string, form: FormState): Promise<void> {
  const gig = await request.transaction((trx) => conversations.findAskedGig(trx, gigId, request.person!.id));
  const name = firstName(gig.seller_name);
  await response.page(
    'messages/new',
    { title: `Ask ${name}`, nav: 'messages', form: true },
    { gig: { id: gig.gig_id, title: gig.title, href: paths.gig(gig.slug) }, name, formKey: randomUUID(), ...form },
  );
}
