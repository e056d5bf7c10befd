import type { Post, ReadablePost } from '../models/post.ts';
import { splitFee } from '../money/fee.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { longDate, plural } from './dates.ts';
import { prose } from './prose.ts';

interface Setting {
  currency: string;
  zone: string;
}

/** A post on its own page: open with its text, or closed with what it costs. */
export function presentPost(post: ReadablePost, readerId: string | null, { currency, zone }: Setting) {
  const own = readerId === post.seller_id;
  return {
    id: post.id,
    title: post.title,
    teaser: prose(post.teaser),
    body: post.body === null ? null : prose(post.body),
    own,
    unlocked: post.body !== null && !own,
    published: post.published_at ? `Published ${longDate(post.published_at, zone)}` : 'Not on sale',
    price: { text: formatMoney(post.price_cents, currency), cents: post.price_cents },
    author: { name: post.display_name, href: paths.profile(post.username) },
    onSale: post.published_at !== null && post.identity_checked,
    here: paths.post(post.username, post.id),
    edit: paths.editPost(post.id),
  };
}

/** The posts of a storefront. */
export const presentPosts = (posts: (Post & { open: boolean })[], username: string, { currency, zone }: Setting) =>
  posts.map((post) => ({
    title: post.title,
    href: paths.post(username, post.id),
    teaser: post.teaser,
    note: longDate(post.published_at!, zone),
    open: post.open,
    price: { text: formatMoney(post.price_cents, currency), cents: post.price_cents },
  }));

/** A seller's own posts. */
export const presentOwnPosts = (posts: (Post & { sold: number })[], username: string, { currency }: Setting) =>
  posts.map((post) => ({
    title: post.title,
    edit: paths.editPost(post.id),
    here: paths.post(username, post.id),
    badge: post.published_at ? 'published' : 'draft',
    price: { text: formatMoney(post.price_cents, currency), cents: post.price_cents },
    note: post.sold > 0 ? `Bought ${plural(post.sold, 'time')}` : 'Not bought yet',
  }));

/** The form of a post, with what a sale leaves its author. */
export function presentPostForm(post: ReadablePost | null, feeBps: number, currency: string) {
  const net = post && splitFee(post.price_cents, feeBps).sellerCents;
  return {
    heading: post ? post.title : 'New paid post',
    action: post ? paths.sellerPost(post.id) : paths.sellerPosts,
    values: post
      ? { title: post.title, teaser: post.teaser, price: (post.price_cents / 100).toFixed(2), body: post.body ?? '' }
      : {},
    net: net === null ? null : `${formatMoney(net, currency)} of it is yours, before Whop’s processing costs.`,
    acts: post && {
      published: post.published_at !== null,
      publication: paths.postPublication(post.id),
      withdrawal: paths.postWithdrawal(post.id),
      here: paths.post(post.username, post.id),
    },
  };
}
