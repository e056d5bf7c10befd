import type { Config } from '../config.ts';
import { guestToken } from '../models/guest-buyer.ts';
import { paths } from '../paths.ts';
import { tell, type News } from '../presenters/notification.ts';
import { workspacePath } from '../presenters/order/page.ts';

interface OrderNews extends News {
  orderId: string;
  /** Set for a guest, whose link opens the order. */
  guestId: string | null;
}

const quoted = (reason: string): string[] => ['', ...reason.split('\n').map((line) => `> ${line}`), ''];

/** The mail for one piece of order news: text, with the link to the very place. */
export function orderNotification(config: Config, news: OrderNews): { subject: string; text: string } {
  const { subject, lines } = tell(news);
  const place = news.guestId
    ? paths.guestLink(guestToken(config, news.guestId))
    : workspacePath(news.orderId, news.role);
  const body = lines.flatMap((line) => (line === news.reason ? quoted(line) : [line]));
  return { subject, text: [...body, '', `Open the order: ${config.appUrl}${place}`, '', 'GigFlow'].join('\n') };
}
