import type { Config } from '../config.ts';
import { guestToken } from '../models/guest-buyer.ts';
import type { NewsData } from '../models/notification.ts';
import { paths } from '../paths.ts';
import { placeOf, tell, topicOf, type News } from '../presenters/notification.ts';
import { TOPICS } from '../presenters/notification-words.ts';

interface MailedNews extends News {
  orderId: string | null;
  conversationId: string | null;
  data: NewsData;
  /** Set for a guest, whose link opens the order. */
  guestId: string | null;
}

const quoted = (reason: string): string[] => ['', ...reason.split('\n').map((line) => `> ${line}`), ''];

/** The mail for one piece of news: text, the link to the very place, why it came and how to stop such mails. */
export function notificationMail(config: Config, news: MailedNews): { subject: string; text: string } {
  const { subject, lines } = tell(news);
  const place = news.guestId
    ? paths.guestLink(guestToken(config, news.guestId))
    : placeOf({
        kind: news.kind,
        order_id: news.orderId,
        conversation_id: news.conversationId,
        data: news.data,
      });
  const body = lines.flatMap((line) => (line === news.reason ? quoted(line) : [line]));
  const open = news.conversationId ? 'Open the conversation' : news.orderId ? 'Open the order' : 'Open it';
  const why = news.guestId
    ? 'You get this mail because you bought this with your e-mail address.'
    : `You get this mail because of: ${TOPICS[topicOf(news.kind)]}. Choose your mails: ${config.appUrl}${paths.accountNotifications}`;
  return { subject, text: [...body, '', `${open}: ${config.appUrl}${place}`, '', 'GigFlow', '', why].join('\n') };
}
