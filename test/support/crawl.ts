import type { Response } from 'supertest';
import type { TestApp } from './app.ts';
import { page, type Client } from './client.ts';
import { fillIn, submit, type Fill } from './forms.ts';
import { asSystem } from './orders.ts';

/** What a visit found. A problem is a sentence with the address; none is the proof. */
export interface CrawlReport {
  pages: number;
  forms: number;
  statuses: Record<string, number>;
  problems: string[];
}

const FILLS: Fill[] = ['junk', 'junk everywhere', 'as it stands'];

interface Options {
  /** Where to begin besides the home page. */
  from?: string[];
  /** How many addresses of one shape (`/gigs/:x`) are opened. */
  each: number;
  /** Addresses of people that this reader may see: his own; for the operator everybody's. */
  mayRead: (email: string) => boolean;
}

/** Acts that would end the visit itself. */
const ENDS_THE_VISIT = /^\/(logout|account\/(deletion|security|sessions|whop))/;
/** Streams, and the sign-in dance that leaves the site. */
const NOT_A_PAGE = /^\/(events|api\/auth\/|logout$)/;
const LEAK =
  /node_modules|\bat \S+ \(\S+:\d+:\d+\)|\/src\/\w+|SQLSTATE|ECONNREFUSED|select .{1,80} from |\[object |undefined<|>NaN/i;
/** Who is suspended is told so wherever he tries to act. */
const SUSPENDED = /Your account is suspended/;

/** `/orders/1b9d…?page=2` is one of `/orders/:id?page`. */
const shapeOf = (address: string): string => {
  const { pathname, searchParams } = new URL(address, 'http://x');
  const path = pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/^\/(gigs|categories)\/[^/]+/, '/$1/:slug')
    .replace(/^\/@[^/]+/, '/@:username')
    .replace(/\d+\.(avif|webp)$/, ':width.$1');
  return [path, ...[...searchParams.keys()].sort()].join('?');
};

/** Follows every link and sends every form of a person's site, first with junk and then as it stands. */
export async function crawl(app: TestApp, client: Client, { from = [], each, mayRead }: Options): Promise<CrawlReport> {
  const report: CrawlReport = { pages: 0, forms: 0, statuses: {}, problems: [] };
  const emails = await asSystem(app, (trx) =>
    trx('users').whereNotNull('email').pluck<string[]>('email').union(trx('guest_buyers').select('email')),
  );
  const foreign = emails.filter((email) => !mayRead(email));
  const opened = new Map<string, number>();
  const sent = new Set<string>();
  const queue: [address: string, foundOn: string][] = ['/', ...from].map((address) => [address, 'the start']);
  const known = new Set(queue.map(([address]) => address));
  const complain = (what: string) => void report.problems.push(what);

  const look = (answer: Response, address: string): void => {
    report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
    if (answer.status >= 500) complain(`${answer.status} ${address}`);
    if (!/html|json|text/.test(answer.type)) return;
    const leak = LEAK.exec(answer.text);
    if (leak && !answer.type.includes('javascript')) complain(`${address} tells “${leak[0].slice(0, 60)}”`);
    const told = foreign.find((email) => answer.text.includes(email));
    if (told) complain(`${address} shows ${told}`);
    if (!answer.type.includes('html')) return;
    const shown = page(answer);
    if (shown('h1').length !== 1) complain(`${address} has ${shown('h1').length} headings (${answer.status})`);
    if (!shown('title').first().text().trim()) complain(`${address} has no title`);
  };

  const enqueue = (href: string | undefined, on: string): void => {
    if (!href || !URL.canParse(href, app.url + on)) return;
    const url = new URL(href, app.url + on);
    if (url.origin !== app.url) return;
    const address = url.pathname + url.search;
    if (known.has(address) || NOT_A_PAGE.test(url.pathname)) return;
    known.add(address);
    queue.push([address, on]);
  };

  /** What the visit itself took away (a gig paused, a picture removed) is no dead link. */
  const stillStands = async (address: string, on: string): Promise<boolean> => {
    if (!on.startsWith('/')) return true;
    const path = address.split('?')[0]!;
    return (await client.get(on)).text.includes(path);
  };

  for (let next = queue.shift(); next; next = queue.shift()) {
    const [address, on] = next;
    const shape = shapeOf(address);
    const before = opened.get(shape) ?? 0;
    if (before >= each) continue;
    opened.set(shape, before + 1);
    const answer = await client.get(address);
    report.pages += 1;
    if ([403, 404, 410].includes(answer.status) && !SUSPENDED.test(answer.text) && (await stillStands(address, on))) {
      complain(`${answer.status} ${address}, a link on ${on}`);
    }
    look(answer, address);
    enqueue(answer.headers.location, address);
    if (!answer.type.includes('html') || answer.status >= 300) continue;
    const shown = page(answer);
    for (const node of shown(
      'a[href], [hx-get], img[src], link[rel=stylesheet], source[srcset], script[src]',
    ).toArray()) {
      const { href, src, srcset, 'hx-get': part } = node.attribs;
      for (const target of [href, src, part, ...(srcset?.split(',').map((one) => one.trim().split(' ')[0]) ?? [])]) {
        enqueue(target, address);
      }
    }
    for (const form of shown('form:not([method=dialog])').toArray()) {
      // What junk did (a picture removed) cannot be done again.
      let done = false;
      for (const fill of FILLS) {
        const filled = fillIn(shown, form, fill, address);
        const key = `${filled.method} ${shapeOf(filled.action)} ${fill} ${filled.names}`;
        if (fill !== 'as it stands' && !filled.spoilt) continue;
        if (sent.has(key) || ENDS_THE_VISIT.test(new URL(filled.action, app.url).pathname)) continue;
        sent.add(key);
        report.forms += 1;
        const reply = await submit(client, filled, report.forms);
        const what = `${filled.method} ${filled.action} (${fill}) on ${address}`;
        look(reply, what);
        if (reply.status === 404 && fill !== 'junk everywhere' && !done) complain(`${reply.status} ${what}`);
        if (reply.status === 403 && !SUSPENDED.test(reply.text)) complain(`403 ${what}`);
        done ||= reply.status === 303;
        enqueue(reply.headers.location, address);
      }
    }
  }
  return report;
}
