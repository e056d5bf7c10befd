import { MESSAGES_SHOWN, type MessageRow } from '../../models/order/messages.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { paths } from '../../paths.ts';
import { dateTime } from '../dates.ts';
import { presentFile } from '../file-row.ts';
import { presentAvatar } from '../picture.ts';
import type { Reader } from './facts.ts';
import { presentPast } from './history.ts';

/**
 * A page of the thread with what happened to the order meanwhile, and the way to earlier messages.
 * Locals of views/orders/messages/_thread.ejs: an item is a message (views/shared/_message) or an event of the history.
 * @param until when the page after this one begins; nothing on the newest page
 */
export function presentThread(order: Workspace, rows: MessageRow[], reader: Reader, until?: Date) {
  const shown = rows.slice(-MESSAGES_SHOWN);
  const earlier = rows.length > MESSAGES_SHOWN;
  const since = earlier ? shown[0]!.created_at : undefined;
  const events = presentPast(order, reader).filter(({ at }) => (!since || at >= since) && (!until || at < until));
  const seen = until ? undefined : seenOf(order, shown, reader);
  const messages = shown.map((row) => ({
    at: row.created_at,
    message: { ...presentMessage(order, row, reader), seen: row === seen },
  }));
  return {
    items: [...messages, ...events].sort((a, b) => a.at.getTime() - b.at.getTime()),
    empty: messages.length === 0,
    earlier: earlier ? `${paths.orderAct(order.id, 'messages')}?before=${shown[0]!.number}` : null,
  };
}

function presentMessage(order: Workspace, message: MessageRow, reader: Reader) {
  return {
    id: message.number,
    author: presentAvatar(senderOf(order, message), faceOf(order, message)),
    own: isOwn(message, reader),
    text: message.body,
    files: order.files.filter((file) => file.message_id === message.id).map(presentFile),
    when: dateTime(message.created_at, reader.zone),
    at: message.created_at.toISOString(),
  };
}

const isOwn = ({ sender_id: sender, sender_guest_id: guest }: MessageRow, { asker }: Reader): boolean =>
  'id' in asker.actor && asker.actor.id === (sender ?? guest);

/** The reader's newest message, once the other side has read it. */
function seenOf(order: Workspace, shown: MessageRow[], reader: Reader): MessageRow | undefined {
  const newest = shown.findLast((message) => isOwn(message, reader));
  const read = order.reads.find(({ role }) => role !== reader.role)?.last_number ?? 0;
  return reader.role !== 'admin' && newest && newest.number <= read ? newest : undefined;
}

export function senderOf(order: Workspace, { sender_id: sender, sender_guest_id: guest }: MessageRow): string {
  if (sender && sender === order.seller_id) return order.seller_name;
  if (guest || (sender && sender === order.buyer_id)) return order.buyer_name ?? 'Guest';
  return 'Former member';
}

const faceOf = (order: Workspace, { sender_id: sender }: MessageRow): string | null =>
  sender && sender === order.seller_id ? order.seller_avatar : sender === order.buyer_id ? order.buyer_avatar : null;
