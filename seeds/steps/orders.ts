import { finished } from '../story/finished.ts';
import { orders } from '../story/orders.ts';
import type { FinishedStory, OrderStory, QuestionStory } from '../story/types.ts';
import { doer, perform } from './acts.ts';
import { gigNamed, purchase, type Wish } from './purchases.ts';
import { refundInFull } from './refunds.ts';
import type { Stage } from './stage.ts';

/** Walks every order of the story, oldest first, through the transitions that the site offers. */
export async function seedOrders(stage: Stage): Promise<void> {
  const stories = [...finished.map(told), ...orders].sort((a, b) => b.placedDaysAgo - a.placedDaysAgo);
  for (const story of stories) await walk(stage, story);
  await publishLoneReviews(stage);
}

async function walk(stage: Stage, story: OrderStory & Wish): Promise<void> {
  const paid = await stage.act('whop', story.placedDaysAgo, (trx) => purchase(trx, story));
  for (const [number, act] of story.acts.entries()) {
    await stage.act(doer(act, paid), act.daysAgo, (trx) => perform(trx, paid, act, number));
    if (act.does === 'accept_cancellation')
      await stage.act('system', act.daysAgo, (trx) => refundInFull(trx, paid, 'cancellation'));
    if (act.does === 'resolve_refund')
      await stage.act('system', act.daysAgo, (trx) => refundInFull(trx, paid, 'resolution'));
  }
}

/** A finished order in full: paid, briefed, delivered on the promised day, looked at for a day, reviewed. */
function told(story: FinishedStory, place: number): OrderStory {
  const wish = { key: `${story.gig}/${place}`, gig: story.gig, tier: story.tier, buyer: story.buyer };
  const gig = gigNamed(story.gig);
  const deliveryDays = gig.packages.find(({ tier }) => tier === story.tier)?.days ?? 0;
  const done = story.completedDaysAgo;
  const delivered = done + 0.9;
  const briefed = delivered + deliveryDays - 0.2 + (story.lateDays ?? 0);
  const acts: OrderStory['acts'] = [
    {
      daysAgo: briefed,
      does: 'brief',
      answers: Object.fromEntries(gig.questions.filter((q) => q.required).map((q) => [q.label, shortAnswer(q)])),
    },
    {
      daysAgo: delivered,
      does: 'deliver',
      message: 'Everything from your brief is in the folder. Please look at it on the device your readers use.',
      links: [`https://files.example.org/${gig.key}/${place}`],
    },
    { daysAgo: done, does: 'accept_delivery' },
  ];
  const { review, reply, ofBuyer } = story;
  if (review) acts.push({ daysAgo: done - 0.05, does: 'review', by: 'buyer', ...review });
  if (reply) acts.push({ daysAgo: done - 0.5, does: 'reply', body: reply });
  if (ofBuyer) acts.push({ daysAgo: done - 0.4, does: 'review', by: 'seller', ...ofBuyer });
  return { ...wish, placedDaysAgo: briefed + 0.4, acts };
}

function shortAnswer(question: QuestionStory): string | string[] {
  const [first = 'yes'] = question.choices ?? [];
  if (question.kind === 'one_choice') return first;
  if (question.kind === 'many_choices') return [first];
  return 'As we wrote in our messages before the order.';
}

/** A review without its counterpart appears when the 14 days are over (product.md section 5). */
async function publishLoneReviews({ trx }: Stage): Promise<void> {
  await trx.raw(`
    update reviews r set published_at = o.completed_at + interval '14 days' from orders o
    where o.id = r.order_id and r.published_at is null and o.completed_at + interval '14 days' < app_now()`);
}
