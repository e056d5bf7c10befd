import { clock } from '../clock.ts';
import type { Deadline } from '../models/calendar.ts';
import { workspacePath } from './order/page.ts';

const WORDS: Record<Deadline['kind'], Record<Deadline['role'], string>> = {
  due: { seller: 'Deliver', buyer: 'Delivery due' },
  auto_complete: { seller: 'Counts as accepted', buyer: 'Check the delivery' },
  answer: { seller: 'Answer the request', buyer: 'Answer the request' },
};

const stamp = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');
const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');

/** At most 75 bytes a line; what is longer goes on after a space (RFC 5545, 3.1). */
function folded(line: string): string {
  let out = '';
  let room = 75;
  for (const letter of line) {
    const bytes = Buffer.byteLength(letter);
    if (bytes > room) {
      out += '\r\n ';
      room = 74;
    }
    out += letter;
    room -= bytes;
  }
  return out;
}

/** Deadlines as an iCalendar file; one entry per order and kind, which moves when its date moves. */
export function presentCalendar(deadlines: Deadline[], appUrl: string): string {
  const entries = deadlines.flatMap(({ order_id: id, title, role, kind, at }) => [
    'BEGIN:VEVENT',
    `UID:${kind}-${id}@${new URL(appUrl).hostname}`,
    `DTSTAMP:${stamp(clock.now())}`,
    `DTSTART:${stamp(at)}`,
    `DTEND:${stamp(at)}`,
    `SUMMARY:${escaped(`${WORDS[kind][role]}: ${title}`)}`,
    `URL:${appUrl}${workspacePath(id, role)}`,
    'END:VEVENT',
  ]);
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//GigFlow//Deadlines//EN', 'X-WR-CALNAME:GigFlow'];
  return [...head, ...entries, 'END:VCALENDAR', ''].map(folded).join('\r\n');
}
