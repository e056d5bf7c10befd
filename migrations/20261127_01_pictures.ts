import type { Knex } from 'knex';
import { isAdmin, isSelf, protect } from './support/policies.ts';

const ownsGig = `exists (select 1 from gigs g where g.id = gig_id and ${isSelf('g.seller_id')})`;
/** On the page of a gig that is on sale. */
const isListed = `exists (select 1 from gig_listings l where l.gig_id = gig_images.gig_id
  and l.doc -> 'images' @> jsonb_build_array(jsonb_build_object('id', gig_images.id)))`;
const isCurrent = `exists (select 1 from profiles p where p.user_id = avatar_files.user_id and p.avatar_id = avatar_files.avatar_id)`;
const storedOnce = `check ((storage = 'postgres') = (bytes is not null))`;

const sessionWithUser = (picture: string) => `
  create or replace function session_with_user(p_sid text) returns table (sess json, person json)
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    caller text := coalesce(current_setting('app.actor_role', true), '');
  begin
    perform set_config('app.actor_role', 'system', true);
    return query
      select s.sess, case when u.id is null then null else json_build_object(
          'id', u.id, 'role', u.role, 'suspended', u.suspended_at is not null, 'emailVerified', u.email_verified_at is not null,
          'email', u.email, 'username', p.username, 'displayName', p.display_name, 'timeZone', p.time_zone,
          ${picture}
          'isSeller', a.user_id is not null,
          'unread', (select count(*) from notifications n where n.user_id = u.id and n.read_at is null)) end
      from sessions s
        left join users u on u.id = s.user_id
        left join profiles p on p.user_id = u.id
        left join seller_accounts a on a.user_id = u.id
      where s.sid = p_sid and s.expire >= now();
    perform set_config('app.actor_role', caller, true);
  end $$;
`;

/** Pictures that people send: a gig's gallery and a face. Only what is on sale, or somebody's face now, is public. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Null while it hangs in the gallery. A picture that was taken down stays as long as a revision shows it.
    alter table gig_images add column removed_at timestamptz;
    alter table gig_images add constraint gig_images_alt check (length(alt) <= 200);
    create index gig_images_removed on gig_images (removed_at) where removed_at is not null;

    alter table gig_image_files add column storage text not null default 'postgres' check (storage in ('postgres', 's3'));
    alter table gig_image_files alter column bytes drop not null;
    alter table gig_image_files add constraint gig_image_files_stored_once ${storedOnce};

    create function gig_images_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if new.removed_at is null
        and (select count(*) from gig_images i where i.gig_id = new.gig_id and i.removed_at is null and i.id <> new.id) >= 8 then
        raise exception 'A gig has at most 8 pictures' using errcode = 'GF422';
      end if;
      -- What an admin approved is what buyers see: a seller changes words and order, never the picture.
      if tg_op = 'UPDATE' and app_role() <> 'system' and (new.id, new.gig_id, new.width, new.height, new.colour)
        is distinct from (old.id, old.gig_id, old.width, old.height, old.colour) then
        raise exception 'gig_images: a picture does not change' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
    create trigger tg_gig_images__protect before insert or update on gig_images
      for each row execute function gig_images_protect();

    drop policy gig_images_select on gig_images;
    create policy gig_images_select on gig_images for select using (${ownsGig} or ${isAdmin} or ${isListed});
    drop policy gig_images_delete on gig_images;
    drop policy gig_image_files_select on gig_image_files;
    create policy gig_image_files_select on gig_image_files for select
      using (exists (select 1 from gig_images i where i.id = image_id));
    drop policy gig_image_files_delete on gig_image_files;

    alter table profiles add column avatar_id uuid;
    create table avatar_files (
      avatar_id uuid not null,
      user_id uuid not null references profiles (user_id) on delete cascade,
      width integer not null check (width between 16 and 512),
      storage text not null default 'postgres' check (storage in ('postgres', 's3')),
      bytes bytea,
      created_at timestamptz not null default app_now(),
      primary key (avatar_id, width),
      constraint avatar_files_stored_once ${storedOnce}
    );
    create index avatar_files_user on avatar_files (user_id);

    create function profiles_own_avatar() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if new.avatar_id is not null and not exists
        (select 1 from avatar_files f where f.avatar_id = new.avatar_id and f.user_id = new.user_id) then
        raise exception 'profiles: this picture is not theirs' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
    create trigger tg_profiles__own_avatar before insert or update of avatar_id on profiles
      for each row execute function profiles_own_avatar();
  `);
  await protect(knex, 'avatar_files', { select: `${isSelf('user_id')} or ${isCurrent}`, insert: isSelf('user_id') });
  await knex.raw(sessionWithUser(`'avatarId', p.avatar_id,`));
}

/** Pictures that rest in an S3 store, and all faces, are gone after this. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(sessionWithUser(''));
  const ownsImage = `exists (select 1 from gig_images i join gigs g on g.id = i.gig_id where i.id = image_id and ${isSelf('g.seller_id')})`;
  await knex.raw(`
    drop trigger tg_profiles__own_avatar on profiles;
    drop function profiles_own_avatar();
    alter table profiles drop column avatar_id cascade;
    drop table avatar_files;

    create policy gig_image_files_delete on gig_image_files for delete using (${ownsImage});
    drop policy gig_image_files_select on gig_image_files;
    create policy gig_image_files_select on gig_image_files for select using (true);
    create policy gig_images_delete on gig_images for delete using (${ownsGig});
    drop policy gig_images_select on gig_images;
    create policy gig_images_select on gig_images for select using (true);

    drop trigger tg_gig_images__protect on gig_images;
    drop function gig_images_protect();
    delete from gig_image_files where bytes is null;
    alter table gig_image_files drop constraint gig_image_files_stored_once;
    alter table gig_image_files alter column bytes set not null;
    alter table gig_image_files drop column storage;
    delete from gig_images where removed_at is not null;
    drop index gig_images_removed;
    alter table gig_images drop constraint gig_images_alt;
    alter table gig_images drop column removed_at;
  `);
}
