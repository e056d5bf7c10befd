import type { Knex } from 'knex';
import { anyone, protect } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Sort by rating: the average, then the number of reviews, in one number that a page can go on from.
    create function rating_order(p_rating numeric, p_reviews integer) returns bigint
    language sql immutable set search_path = pg_catalog
      as $$ select (coalesce(p_rating, 0) * 100)::bigint * 1000000 + least(p_reviews, 999999) $$;
    create index gig_listings_rating on gig_listings (rating_order(rating, rating_count) desc, gig_id);

    -- The words of titles and tags, to find the one that was meant where a letter went wrong. There are far fewer words than
    -- gigs: looking through a million titles for something alike takes seconds, through their words milliseconds.
    create table listing_words (word text primary key);
    create index listing_words_trgm on listing_words using gin (word gin_trgm_ops);

    create function learn_words(p_text text) returns void language sql set search_path = public, pg_temp as $$
      insert into listing_words (word)
      select distinct word from regexp_split_to_table(lower(unaccent(p_text)), '[^[:alnum:]]+') word
      where length(word) between 3 and 40
      on conflict do nothing
    $$;
    create function gig_listings_learn_words() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform learn_words(new.title || ' ' || new.tags_text);
      return null;
    end $$;
    create trigger tg_gig_listings__learn_words after insert or update of title, tags_text on gig_listings
      for each row execute function gig_listings_learn_words();
  `);
  await protect(knex, 'listing_words', { select: anyone });
  await knex.raw(`select learn_words(title || ' ' || tags_text) from gig_listings`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_gig_listings__learn_words on gig_listings;
    drop function gig_listings_learn_words();
    drop function learn_words(text);
    drop table listing_words;
    drop index gig_listings_rating;
    drop function rating_order(numeric, integer);
  `);
}
