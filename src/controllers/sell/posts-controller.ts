import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { NotFound } from '../../errors.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { postForm } from '../../forms/post-form.ts';
import { once } from '../../models/form-submission.ts';
import {
  createPost,
  findPost,
  postsOf,
  publishPost,
  updatePost,
  withdrawPost,
  type ReadablePost,
} from '../../models/post.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { findSeller } from '../../models/seller-account.ts';
import { paths } from '../../paths.ts';
import { authorize } from '../../policies/policy.ts';
import { mayPublishPost } from '../../policies/post-policy.ts';
import { maySell } from '../../policies/seller-policy.ts';
import { presentOwnPosts, presentPostForm } from '../../presenters/post.ts';
import { formKeyOf } from './gig-editor-page.ts';

export async function index(request: Request, response: Response): Promise<void> {
  const { person, services } = request;
  const posts = await request.transaction((trx) => postsOf(trx, person!.id));
  const setting = { currency: services.config.currency, zone: person!.timeZone };
  await response.page(
    'seller/posts/index',
    { title: 'Paid posts', nav: 'sell-gigs' },
    { posts: presentOwnPosts(posts, person!.username, setting) },
  );
}

export async function newPost(request: Request, response: Response): Promise<void> {
  await showForm(request, response, null, emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  const person = request.person!;
  authorize(maySell(person));
  const parsed = parseForm(postForm, request.body);
  if (!parsed.valid) return showForm(request, response.status(422), null, parsed.form);
  const id = randomUUID();
  const sentBefore = await request.transaction(async (trx) => {
    const first = await once(trx, person.id, formKeyOf(request) || id, paths.editPost(id));
    if (!first) await createPost(trx, id, person.id, parsed.data);
    return first;
  });
  if (sentBefore) return response.seeOther(sentBefore);
  await response.seeOther(paths.editPost(id), { kind: 'good', text: 'Saved as a draft. Publish it when it is ready.' });
}

export async function edit(request: Request, response: Response): Promise<void> {
  const post = await request.transaction((trx) => ownPost(trx, request));
  await showForm(request, response, post, emptyForm());
}

/** A GET on the address of an act goes to the page that the act belongs to. */
export function toEditor(request: Request, response: Response): void {
  response.redirect(303, paths.editPost(String(request.params.id)));
}

export async function update(request: Request, response: Response): Promise<void> {
  const post = await request.transaction((trx) => ownPost(trx, request));
  const parsed = parseForm(postForm, request.body);
  if (!parsed.valid) return showForm(request, response.status(422), post, parsed.form);
  await request.transaction((trx) => updatePost(trx, post.id, parsed.data));
  await response.seeOther(paths.editPost(post.id), { kind: 'good', text: 'Your changes are saved.' });
}

export async function publish(request: Request, response: Response): Promise<void> {
  const id = await request.transaction(async (trx) => {
    const post = await ownPost(trx, request);
    authorize(mayPublishPost(request.person!, (await findSeller(trx, request.person!.id))!));
    await publishPost(trx, post.id);
    return post.id;
  });
  await response.seeOther(paths.editPost(id), { kind: 'good', text: 'Published. It stands on your storefront.' });
}

export async function withdraw(request: Request, response: Response): Promise<void> {
  const id = await request.transaction(async (trx) => {
    const post = await ownPost(trx, request);
    await withdrawPost(trx, post.id);
    return post.id;
  });
  const text = 'Taken off your storefront. Whoever bought it can still read it.';
  await response.seeOther(paths.editPost(id), { kind: 'good', text });
}

async function ownPost(trx: Transaction, request: Request): Promise<ReadablePost> {
  const post = await findPost(trx, String(request.params.id));
  if (post?.seller_id !== request.person!.id) throw new NotFound();
  return post;
}

async function showForm(request: Request, response: Response, post: ReadablePost | null, form: FormState) {
  const { config } = request.services;
  const { platformFeeBps } = await request.transaction((trx) => settingsNow(trx, config));
  const shown = presentPostForm(post, platformFeeBps, config.currency);
  await response.page(
    'seller/posts/edit',
    { title: post ? `Edit ${post.title}` : 'New paid post', nav: 'sell-gigs' },
    {
      ...form,
      post: shown,
      values: form.errors.length ? form.values : shown.values,
      formKey: formKeyOf(request) || randomUUID(),
    },
  );
}
