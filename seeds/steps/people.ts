import type { Transaction } from '../../src/database.ts';
import { hashPassword } from '../../src/models/user.ts';
import { people } from '../story/people.ts';
import type { PersonStory } from '../story/types.ts';
import { whopId } from './ids.ts';
import { personId, type Stage } from './stage.ts';

export const demoPassword = 'gigflow-demo';

/** Everybody of the story has the same password, so it is hashed once. */
export async function seedPeople(stage: Stage): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  for (const person of people) {
    await stage.act('system', person.joinedDaysAgo, async (trx) => {
      const id = personId(person.username);
      await trx('users').insert({
        id,
        email: `${person.username}@gigflow.test`,
        email_verified_at: trx.raw('app_now()'),
        password_hash: passwordHash,
        role: person.role,
      });
      await trx('profiles').insert({
        user_id: id,
        username: person.username,
        display_name: person.displayName,
        tagline: person.tagline ?? '',
        bio: person.bio ?? '',
        skills: person.skills ?? [],
        location: place(person),
        languages: person.languages,
        time_zone: person.timeZone,
        links: JSON.stringify(person.links ?? []),
      });
      if (person.whop) await connectWhop(trx, person.username, person.whop);
      if (!person.seller) return;
      await trx('seller_accounts').insert({ user_id: id, ...sellerAccount(person, person.seller) });
      if (person.seller.verified) await passIdentityCheck(trx, person.username);
    });
  }
}

/** As signing in with Whop leaves it once the token was given back: he can sign in with it, and chat with whoever has one too. */
const connectWhop = (trx: Transaction, username: string, sub: string): Promise<unknown> =>
  trx('whop_identities').insert({ sub, user_id: personId(username), email: `${username}@gigflow.test`, scope: '' });

function sellerAccount(person: PersonStory, seller: NonNullable<PersonStory['seller']>) {
  return {
    company_title: person.displayName,
    country: person.country.toLowerCase(),
    max_active_orders: seller.maxActiveOrders ?? 20,
  };
}

/** What Whop says of a seller who has proved who he is and named his bank account (whop.ts tells the emulator the same). */
async function passIdentityCheck(trx: Transaction, username: string): Promise<void> {
  await trx('seller_accounts')
    .where({ user_id: personId(username) })
    .update({
      whop_company_id: whopId('biz', username),
      company_attempt: 1,
      kyc_status: 'verified',
      kyc_checked_at: trx.raw('app_now()'),
      payout_enabled: true,
      payout_method_seen_at: trx.raw('app_now()'),
      whop_references: [whopId('poact', username), whopId('verf', username)],
    });
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** "Amman, Jordan": what a buyer reads beside the name. */
function place(person: PersonStory): string {
  return `${person.location}, ${countryNames.of(person.country)}`;
}
