import { reportConversation } from '../../src/models/conversation-report.ts';
import { makeOffer } from '../../src/models/offer.ts';
import { threads } from '../story/threads.ts';
import { gigId } from './gigs.ts';
import { storyId } from './ids.ts';
import { gigNamed } from './purchases.ts';
import { personId, type Stage } from './stage.ts';

/** Questions asked before buying. */
export async function seedThreads(stage: Stage): Promise<void> {
  for (const [place, thread] of threads.entries()) {
    const id = storyId('conversation', String(place));
    const seller = gigNamed(thread.gig).seller;
    const people = { buyer_id: personId(thread.buyer), seller_id: personId(seller) };
    for (const [number, said] of thread.messages.entries()) {
      const sender = said.by === 'buyer' ? thread.buyer : seller;
      await stage.act({ person: sender }, said.daysAgo, async (trx) => {
        if (number === 0) await trx('conversations').insert({ id, ...people, gig_id: gigId(thread.gig) });
        await trx('order_messages').insert({
          id: storyId('message', `thread ${place}/${number}`),
          conversation_id: id,
          sender_id: personId(sender),
          body: said.body,
        });
      });
    }
    const { offer, report } = thread;
    if (offer) {
      const sides = { id, ...people };
      await stage.act({ person: seller }, offer.daysAgo, (trx) =>
        makeOffer(trx, storyId('offer', String(place)), sides, gigId(thread.gig), offer),
      );
    }
    if (!report) continue;
    const reporter = report.by === 'buyer' ? thread.buyer : seller;
    await stage.act({ person: reporter }, report.daysAgo, (trx) =>
      reportConversation(trx, { conversationId: id, reporterId: personId(reporter), reason: report.reason }),
    );
  }
}
