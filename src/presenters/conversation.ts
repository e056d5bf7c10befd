import { randomUUID } from 'node:crypto';
import type { SentFile } from '../models/attachment.ts';
import type { ConversationRow } from '../models/conversation.ts';
import { MESSAGES_SHOWN, type MessageRow } from '../models/order/messages.ts';
import { paths } from '../paths.ts';
import { dateTime, plural, relative } from './dates.ts';
import { presentFile } from './file-row.ts';
import { firstName } from './names.ts';
import { presentAvatar } from './picture.ts';

const CONTACT =
  /[^\s@]+@[^\s@]+\.[a-z]{2,}|(?:\+|\b00)[\d\s()/-]{7,}\d|\b(?:whats\s?app|telegram|t\.me|wa\.me|skype)\b/i;

/** Whether a text seems to lead away from here: an e-mail address, a telephone number, another messenger. */
export const holdsContact = (text: string): boolean => CONTACT.test(text);

const otherOf = (row: ConversationRow, readerId: string) =>
  row.buyer_id === readerId
    ? { id: row.seller_id, name: row.seller_name, username: row.seller_username, face: row.seller_avatar }
    : { id: row.buyer_id, name: row.buyer_name, username: row.buyer_username, face: row.buyer_avatar };

/** A thread in the list. */
export function presentConversation(row: ConversationRow, readerId: string, zone: string) {
  const { name, face } = otherOf(row, readerId);
  return {
    href: paths.conversation(row.id),
    avatar: presentAvatar(name, face),
    name,
    about: row.gig_title ?? 'A gig that is no longer on sale',
    excerpt: row.last_body?.slice(0, 140) || (row.last_files > 0 ? plural(row.last_files, 'file') : ''),
    when: row.last_at ? relative(row.last_at, zone) : '',
    at: row.last_at?.toISOString() ?? '',
    unread: (row.last_number ?? 0) > row.read_number,
  };
}

/** A thread on its page, with one page of its messages; `latest` says that it is the newest page. */
export function presentThreadPage(
  row: ConversationRow,
  { rows, files }: { rows: MessageRow[]; files: SentFile[] },
  latest: boolean,
  readerId: string,
  zone: string,
) {
  const shown = rows.slice(-MESSAGES_SHOWN);
  const earlier = rows.length > MESSAGES_SHOWN;
  const other = otherOf(row, readerId);
  const me =
    row.buyer_id === readerId
      ? presentAvatar(row.buyer_name, row.buyer_avatar)
      : presentAvatar(row.seller_name, row.seller_avatar);
  const [first] = shown;
  const newestOwn = latest ? shown.findLast((message) => message.sender_id === readerId) : undefined;
  return {
    id: row.id,
    href: paths.conversation(row.id),
    heading: other.name,
    firstName: firstName(other.name),
    profileHref: paths.profile(other.username),
    about: row.gig_title && row.gig_slug ? { text: row.gig_title, href: paths.gig(row.gig_slug) } : null,
    items: shown.map((message) => {
      const own = message.sender_id === readerId;
      return {
        id: message.number,
        own,
        author: own ? me : presentAvatar(other.name, other.face),
        text: message.body,
        files: files.filter((file) => file.message_id === message.id).map(presentFile),
        seen: message === newestOwn && message.number <= row.other_read_number,
        when: dateTime(message.created_at, zone),
        at: message.created_at.toISOString(),
      };
    }),
    warns: !earlier && first !== undefined && holdsContact(first.body),
    earlier: earlier ? paths.conversation(row.id, { before: String(first!.number) }) : null,
    blocked: row.blocked,
    blockedByMe: row.blocked_by_me,
    formKey: randomUUID(),
  };
}
