import type { Transaction } from '../database.ts';
import { Conflict } from '../errors.ts';

/**
 * Puts the last approved revision of a gig on sale: the one INSERT of gig_listings, as the system actor, in the transaction
 * that published the gig. On sale already: the listing changes in place and keeps its reviews and its date. Rating and
 * quality are filled in by triggers.
 */
export async function publishListing(trx: Transaction, gigId: string, currency: string): Promise<void> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into gig_listings (gig_id, slug, seller_id, category_id, revision_number, title, description, tags, tags_text,
       price_from_cents, delivery_days, currency, seller_username, seller_name, seller_level, seller_location, doc, published_at)
     select g.id, g.slug, g.seller_id, coalesce(c.id, g.category_id), r.number, r.doc ->> 'title', r.doc ->> 'description', t.tags,
       array_to_string(t.tags, ' '), cheapest.price_cents, cheapest.delivery_days, :currency,
       p.username, p.display_name, p.level, p.location, r.doc,
       (select min(decided_at) from gig_revisions where gig_id = g.id and status = 'approved')
     from gigs g
       join lateral (select * from gig_revisions where gig_id = g.id and status = 'approved' order by number desc limit 1) r on true
       left join categories c on c.slug = r.doc -> 'category' ->> 'slug'
       join profiles p on p.user_id = g.seller_id
       cross join lateral (select array(select jsonb_array_elements_text(r.doc -> 'tags')) as tags) t
       cross join lateral (
         select price_cents, delivery_days from jsonb_to_recordset(r.doc -> 'packages') as offer(price_cents int, delivery_days int)
         order by price_cents, delivery_days limit 1) cheapest
     where g.id = :gigId
     on conflict (gig_id) do update set
       category_id = excluded.category_id, revision_number = excluded.revision_number, title = excluded.title,
       description = excluded.description, tags = excluded.tags, tags_text = excluded.tags_text,
       price_from_cents = excluded.price_from_cents, delivery_days = excluded.delivery_days, currency = excluded.currency,
       doc = excluded.doc`,
    { gigId, currency },
  );
  if (rowCount !== 1) throw new Conflict('No version of this gig was ever approved. Submit it for review.');
}
