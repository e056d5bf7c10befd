import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { findPost } from '../models/post.ts';
import { paths } from '../paths.ts';
import { presentPost } from '../presenters/post.ts';
import { excerpt } from '../presenters/prose.ts';

/** A paid post: what everybody may read, and the rest for whom it is open. */
export async function show(request: Request, response: Response): Promise<void> {
  const { username, id } = request.params as { username: string; id: string };
  const post = await request.transaction((trx) => findPost(trx, id));
  if (!post) throw new NotFound();
  if (post.username !== username) return response.redirect(301, paths.post(post.username, id));
  const { person, services } = request;
  await response.page(
    'posts/show',
    {
      title: `${post.title}, by ${post.display_name}`,
      description: excerpt(post.teaser, 155),
      canonical: paths.post(post.username, id),
    },
    {
      post: presentPost(post, person?.id ?? null, {
        currency: services.config.currency,
        zone: person?.timeZone ?? 'UTC',
      }),
      formKey: randomUUID(),
    },
  );
}
