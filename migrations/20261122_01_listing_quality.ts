import type { Knex } from 'knex';

// The order of listings that no search word decides: ratings drawn towards four stars until there are some, and the seller's
// level. It is made of the row itself, so it is never out of date. /how-ranking-works tells the same in words.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function listing_quality(p_stars integer, p_reviews integer, p_level smallint) returns real
    language sql immutable set search_path = pg_catalog
      as $$ select (0.7 * (p_stars + 20) / (p_reviews + 5) / 5 + 0.3 * p_level / 3)::real $$;

    create function gig_listings_set_quality() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      new.quality := listing_quality(new.rating_sum, new.rating_count, new.seller_level);
      return new;
    end $$;
    create trigger tg_gig_listings__set_quality before insert or update on gig_listings
      for each row execute function gig_listings_set_quality();

    update gig_listings set quality = listing_quality(rating_sum, rating_count, seller_level);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_gig_listings__set_quality on gig_listings;
    drop function gig_listings_set_quality();
    drop function listing_quality(integer, integer, smallint);
  `);
}
