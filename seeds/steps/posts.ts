import { posts } from '../story/posts.ts';
import { storyId } from './ids.ts';
import { personId, type Stage } from './stage.ts';

export async function seedPosts(stage: Stage): Promise<void> {
  for (const post of posts) {
    const id = storyId('post', post.title);
    await stage.act({ person: post.seller }, post.publishedDaysAgo, async (trx) => {
      await trx('posts').insert({
        id,
        seller_id: personId(post.seller),
        title: post.title,
        teaser: post.teaser,
        price_cents: post.price,
        published_at: trx.raw('app_now()'),
      });
      await trx('post_bodies').insert({ post_id: id, body: post.body });
    });
  }
}
