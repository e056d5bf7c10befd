import type { Transaction } from '../database.ts';

/** A text of a seller that opens for whoever paid for it once (product.md section 1). */
export interface Post {
  id: string;
  seller_id: string;
  title: string;
  teaser: string;
  price_cents: number;
  published_at: Date | null;
  created_at: Date;
}

/** With its author, and the text where the asker may read it: row level security leaves it out for everybody else. */
export interface ReadablePost extends Post {
  username: string;
  display_name: string;
  identity_checked: boolean;
  body: string | null;
}

export interface PostInput {
  title: string;
  teaser: string;
  /** In cents. */
  price: number;
  body: string;
}

export const findPost = (trx: Transaction, id: string): Promise<ReadablePost | undefined> =>
  trx('posts as p')
    .join('profiles as s', 's.user_id', 'p.seller_id')
    .leftJoin('post_bodies as b', 'b.post_id', 'p.id')
    .where('p.id', id)
    .first<ReadablePost | undefined>('p.*', 's.username', 's.display_name', 's.identity_checked', 'b.body');

/** The published posts of a storefront, the newest first; `open` where the asker may read it. */
export const postsOnSale = (trx: Transaction, sellerId: string): Promise<(Post & { open: boolean })[]> =>
  trx('posts as p')
    .leftJoin('post_bodies as b', 'b.post_id', 'p.id')
    .where('p.seller_id', sellerId)
    .whereNotNull('p.published_at')
    .orderBy([{ column: 'p.published_at', order: 'desc' }, 'p.id'])
    .limit(100)
    .select('p.*', trx.raw('b.post_id is not null as open'));

/** A seller's own posts, drafts included, with how often each was bought. */
export const postsOf = (trx: Transaction, sellerId: string): Promise<(Post & { sold: number })[]> =>
  trx('posts as p')
    .where('p.seller_id', sellerId)
    .orderBy([{ column: 'p.created_at', order: 'desc' }, 'p.id'])
    .limit(200)
    .select(
      'p.*',
      trx.raw(
        `(select count(*)::int from post_unlocks u where u.seller_id = p.seller_id and u.post_id = p.id and u.locked_at is null) as sold`,
      ),
    );

export async function createPost(trx: Transaction, id: string, sellerId: string, input: PostInput): Promise<void> {
  const { title, teaser, price, body } = input;
  await trx('posts').insert({ id, seller_id: sellerId, title, teaser, price_cents: price });
  await trx('post_bodies').insert({ post_id: id, body });
}

/** Row level security makes 0 rows of somebody else's post. */
export async function updatePost(trx: Transaction, id: string, input: PostInput): Promise<void> {
  const { title, teaser, price, body } = input;
  await trx('posts').where({ id }).update({ title, teaser, price_cents: price });
  await trx('post_bodies').where({ post_id: id }).update({ body });
}

export const publishPost = (trx: Transaction, id: string): Promise<number> =>
  trx('posts')
    .where({ id })
    .whereNull('published_at')
    .update({ published_at: trx.raw('app_now()') });

export const withdrawPost = (trx: Transaction, id: string): Promise<number> =>
  trx('posts').where({ id }).update({ published_at: null });
