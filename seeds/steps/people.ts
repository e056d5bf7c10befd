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
      if (person.seller) await trx('seller_accounts').insert(sellerAccount(person, person.seller));
    });
  }
}

function sellerAccount(person: PersonStory, seller: NonNullable<PersonStory['seller']>) {
  const verified = seller.verified;
  const companyId = whopId('biz', person.username);
  return {
    user_id: personId(person.username),
    company_title: person.displayName,
    country: person.country.toLowerCase(),
    whop_company_id: verified ? companyId : null,
    company_attempt: verified ? 1 : 0,
    kyc_status: verified ? 'verified' : 'not_started',
    payout_enabled: verified,
    whop_references: verified ? [whopId('poact', person.username), whopId('verf', person.username)] : [],
    max_active_orders: seller.maxActiveOrders ?? 20,
  };
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** "Amman, Jordan": what a buyer reads beside the name. */
function place(person: PersonStory): string {
  return `${person.location}, ${countryNames.of(person.country)}`;
}
