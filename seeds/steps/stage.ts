import { clock } from '../../src/clock.ts';
import type { Transaction } from '../../src/database.ts';
import { storyId } from './ids.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Who speaks: a person of the story by username, the clock, Whop, or the system that prepares the scene. */
export type Speaker = { person: string } | { admin: string } | 'clock' | 'whop' | 'system';

export interface Stage {
  trx: Transaction;
  /** The moment of seeding; the story counts its days backwards from here. */
  now: Date;
  /**
   * Lets `speaker` act at a moment of the story: Postgres and the app's own verbs see that time and that person, with
   * no more rights than he has on the site.
   */
  act<T>(speaker: Speaker, daysAgo: number, work: (trx: Transaction) => Promise<T>): Promise<T>;
}

export const personId = (username: string): string => storyId('person', username);

export function stageOn(trx: Transaction, now: Date): Stage {
  return {
    trx,
    now,
    async act(speaker, daysAgo, work) {
      const at = new Date(now.getTime() - daysAgo * DAY);
      const person = typeof speaker === 'string' ? '' : 'admin' in speaker ? speaker.admin : speaker.person;
      const role = typeof speaker === 'string' ? 'system' : 'admin' in speaker ? 'admin' : 'user';
      const cause = speaker === 'clock' || speaker === 'whop' ? speaker : 'seeds';
      await speakAs(trx, role, person ? personId(person) : '', cause, at.toISOString());
      clock.set(at);
      try {
        return await work(trx);
      } finally {
        clock.set(null);
        await speakAs(trx, 'system', '', 'seeds', '').catch(() => {}); // the transaction may be broken; its error is on its way
      }
    },
  };
}

async function speakAs(trx: Transaction, role: string, id: string, cause: string, at: string): Promise<void> {
  await trx.raw(
    `select set_config('app.actor_role', ?, true), set_config('app.actor_id', ?, true), set_config('app.cause', ?, true), set_config('app.now', ?, true)`,
    [role, id, cause, at],
  );
}
