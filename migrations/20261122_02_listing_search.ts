import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Loads pg_trgm into this session: a plain role may not name the setting of a library that is not there yet.
  await knex.raw(`select similarity('a', 'b')`);
  await knex.raw(`
    -- Sort by rating: the average, then the number of reviews, in one number that a page can go on from.
    create function rating_order(p_rating numeric, p_reviews integer) returns bigint
    language sql immutable set search_path = pg_catalog
      as $$ select (coalesce(p_rating, 0) * 100)::bigint * 1000000 + least(p_reviews, 999999) $$;
    create index gig_listings_rating on gig_listings (rating_order(rating, rating_count) desc, gig_id);

    -- Titles that hold something like these words, for a search in which a letter went wrong.
    create function similar_listings(p_words text) returns table (gig_id uuid)
    language sql stable set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = '0.4' as $$
      select l.gig_id from gig_listings l
      where p_words <% l.title
      order by word_similarity(p_words, l.title) desc, l.gig_id
      limit 200
    $$;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function similar_listings(text);
    drop index gig_listings_rating;
    drop function rating_order(numeric, integer);
  `);
}
