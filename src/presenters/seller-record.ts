import { conditions, LEVEL_RULES, type Work } from '../models/level.ts';
import type { CountedOrder, SellerRecord } from '../models/seller-record.ts';
import { paths } from '../paths.ts';
import { longDate, plural } from './dates.ts';
import { levelName } from './levels.ts';

/** Below this many, a median says nothing (product.md section 5). */
const REPLIES_SHOWN_FROM = 5;

type Facts = { label: string; value: string }[];

/** What buyers see of a seller's work; nothing while there is nothing to tell. */
export function recordFacts(record: Pick<SellerRecord, 'on_time' | 'due' | 'replies' | 'reply_minutes'> | null): Facts {
  if (!record) return [];
  const { on_time, due, replies, reply_minutes } = record;
  return [
    ...(due > 0 ? [{ label: 'On time', value: `${on_time} of ${plural(due, 'order')}` }] : []),
    ...(replies >= REPLIES_SHOWN_FROM && reply_minutes !== null
      ? [{ label: 'First reply, usually', value: duration(reply_minutes) }]
      : []),
  ];
}

function duration(minutes: number): string {
  if (minutes < 60) return plural(Math.max(minutes, 1), 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day');
}

/** The rules of the levels as a table. */
export const levelRules = () => ({
  caption: 'What each level asks for',
  columns: [
    { text: 'Level' },
    { text: 'Completed orders', number: true },
    { text: 'Rating', number: true },
    { text: 'On time', number: true },
  ],
  rows: [
    [levelName(0), 'none', 'none', 'none'],
    ...[...LEVEL_RULES]
      .reverse()
      .map(({ level, completed, ratingTenths, onTimePercent }) => [
        levelName(level),
        `${completed} or more`,
        `${(ratingTenths / 10).toFixed(1)} or more`,
        `${onTimePercent} % or more`,
      ]),
  ],
});

/** A seller's own level: where he stands, what the next one asks, and every order that was counted. */
export function presentLevel(record: SellerRecord | undefined, orders: CountedOrder[], zone: string) {
  const work: Work = record
    ? { ...record, onTime: record.on_time }
    : { completed: 0, stars: 0, reviews: 0, onTime: 0, due: 0 };
  const level = record?.level ?? 0;
  const next = LEVEL_RULES.find((rule) => rule.level === level + 1);
  return {
    name: levelName(level),
    counted: record
      ? `Counted ${longDate(record.counted_at, zone)}, over the last 12 months. It is counted again every night.`
      : 'It is counted for the first time tonight.',
    facts: [
      { label: 'Completed orders', value: String(work.completed) },
      {
        label: 'Rating',
        value: work.reviews ? `${(work.stars / work.reviews).toFixed(2)} (${work.reviews})` : 'none yet',
      },
      { label: 'On time', value: work.due ? `${work.onTime} of ${work.due}` : 'none due yet' },
    ],
    next: next && { name: levelName(next.level), missing: missingFor(next, work) },
    orders: orders.length
      ? {
          caption: 'The orders that counted',
          columns: [
            { text: 'Order' },
            { text: 'Where it stands' },
            { text: 'Delivery' },
            { text: 'Stars', number: true },
          ],
          rows: orders.map((order) => [
            { text: order.title, href: paths.sellerOrder(order.order_id) },
            order.completed_at ? `completed ${longDate(order.completed_at, zone)}` : { text: '', badge: order.status },
            order.on_time === null ? 'not due' : order.on_time ? 'on time' : { text: 'late', tone: 'bad' },
            order.stars ? String(order.stars) : 'none',
          ]),
        }
      : null,
  };
}

function missingFor(rule: (typeof LEVEL_RULES)[number], work: Work): string[] {
  const met = conditions(rule, work);
  return [
    ...(met.completed ? [] : [`${plural(rule.completed - work.completed, 'more completed order')}`]),
    ...(met.rating ? [] : [`a rating of ${(rule.ratingTenths / 10).toFixed(1)} or more`]),
    ...(met.onTime ? [] : [`${rule.onTimePercent} % or more of the orders on time`]),
  ];
}
