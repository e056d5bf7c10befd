import type { EventFilter, EventLine } from '../../models/webhook-event.ts';
import { paths } from '../../paths.ts';
import { plural, relative } from '../dates.ts';

const BADGES: Record<string, { tone: string; icon: string; text: string }> = {
  pending: { tone: 'wash', icon: 'clock', text: 'Waits' },
  handled: { tone: 'good', icon: 'check', text: 'Handled' },
  ignored: { tone: 'quiet', icon: 'minus', text: 'No effect' },
  dead: { tone: 'bad', icon: 'close', text: 'Given up' },
};

const presentEvent = (event: EventLine, zone: string) => ({
  id: event.id,
  type: event.type,
  badge: BADGES[event.status],
  note: [
    `${event.account_id ?? 'no account'}, ${relative(event.received_at, zone)}`,
    plural(event.deliveries, 'delivery', 'deliveries'),
    plural(event.attempts, 'try', 'tries'),
  ].join(' · '),
  error: event.error,
  mayReplay: event.status !== 'ignored',
});

/** The inbox page by page. `next` leads to older events; null at the end. */
export function presentInbox(
  inbox: { events: EventLine[]; counts: Record<string, number>; types: string[]; size: number },
  filter: EventFilter,
  zone: string,
) {
  const shown = inbox.events.slice(0, inbox.size);
  const last = inbox.events.length > inbox.size ? shown.at(-1) : undefined;
  const tab = (status: EventFilter['status'], text: string, count: number) => ({
    href: paths.adminWebhooks({ status, type: filter.type }),
    text,
    count,
    current: filter.status === status,
  });
  const all = Object.values(inbox.counts).reduce((sum, count) => sum + count, 0);
  return {
    tabs: [
      tab(undefined, 'All', all),
      tab('pending', 'Waiting', inbox.counts.pending ?? 0),
      tab('dead', 'Given up', inbox.counts.dead ?? 0),
      tab('handled', 'Handled', inbox.counts.handled ?? 0),
      tab('ignored', 'No effect', inbox.counts.ignored ?? 0),
    ],
    filter,
    types: [{ value: '', text: 'Every kind of event' }, ...inbox.types.map((type) => ({ value: type, text: type }))],
    events: shown.map((event) => presentEvent(event, zone)),
    next: last ? paths.adminWebhooks({ ...filter, before: last.received_at.toISOString() }) : null,
    mayReplayAll: filter.status === 'dead' || filter.status === 'pending' || filter.type !== undefined,
  };
}
