import path from 'node:path';
import ejs from 'ejs';
import type { Request, RequestHandler, Response } from 'express';
import { takeFlash, type FlashMessage } from './middleware/flash.ts';
import { csrfToken } from './middleware/csrf.ts';
import { saveSession } from './middleware/session.ts';
import { listingCount } from './models/listing-count.ts';
import { paths } from './paths.ts';
import { zoneLabel } from './presenters/dates.ts';
import { presentAvatar } from './presenters/picture.ts';

const viewsFolder = path.join(import.meta.dirname, '..', 'views');

export interface PageMeta {
  title: string;
  description?: string;
  canonical?: string;
  robots?: string;
  /** Structured data; `<` is escaped here. */
  jsonLd?: object[];
  nav?:
    | 'orders'
    | 'messages'
    | 'sell'
    | 'sell-orders'
    | 'sell-gigs'
    | 'admin'
    | 'admin-gigs'
    | 'admin-orders'
    | 'admin-disputes'
    | 'admin-reviews'
    | 'admin-reports'
    | 'admin-money'
    | 'admin-webhooks'
    | 'admin-users'
    | 'admin-sellers'
    | 'admin-categories'
    | 'admin-audit'
    | 'admin-settings'
    | null;
  /** Seconds after which a waiting page asks again. */
  refresh?: string;
  /** false where the page itself contains #panel-body. */
  panel?: boolean;
  image?: string;
  feeds?: { href: string; title: string }[];
  /** The view that htmx gets instead of the page: the page's own partial. */
  partial?: string;
  layout?: 'application' | 'bare';
  /** What stands in the search field; null leaves it away. */
  q?: string | null;
  /** A page with forms needs the token; visitors' pages without forms start no session. */
  form?: boolean;
}

/** Gives responses `page` and `seeOther`. */
export function setUpRendering(): RequestHandler {
  return (request, response, next) => {
    response.page = (view, meta, locals = {}) => page(request, response, view, meta, locals);
    response.seeOther = (location, flash) => seeOther(request, response, location, flash);
    next();
  };
}

/** Renders one view without a layout. Views get their locals as `it`. */
export const renderView = (view: string, locals: object): Promise<string> =>
  ejs.renderFile(path.join(viewsFolder, `${view}.ejs`), locals, {
    root: viewsFolder,
    views: [viewsFolder],
    cache: process.env.NODE_ENV === 'production' || process.env.VITEST !== undefined,
    _with: false,
    localsName: 'it',
  }) as Promise<string>;

async function page(request: Request, response: Response, view: string, meta: PageMeta, locals: object): Promise<void> {
  if (request.wantsJson) return answerJson(response, locals);
  response.vary('HX-Request-Type').vary('Save-Data');
  const needsToken = request.person !== null || meta.form === true;
  const csrf = needsToken ? csrfToken(request) : null;
  const shared = {
    csrf,
    person: request.person,
    assets: request.services.assets,
    currency: request.services.config.currency,
    savesData: request.get('save-data')?.toLowerCase() === 'on',
  };
  if (request.person || meta.form) response.setHeader('Cache-Control', 'private, no-store');
  if (request.wantsPartial && meta.partial) {
    const fragment = await renderView(meta.partial, { ...shared, ...locals, isPartial: true });
    response.type('html').send(fragment);
    return;
  }
  const flash = takeFlash(request);
  const body = await renderView(view, { ...shared, ...locals, isPartial: false });
  const html = await renderView(`layouts/${meta.layout ?? 'application'}`, {
    ...shared,
    body,
    chrome: await chromeFor(request, meta, csrf, flash),
  });
  response.type('html').send(html);
}

async function chromeFor(
  request: Request,
  meta: PageMeta,
  csrf: string | null,
  flash: FlashMessage | null,
): Promise<object> {
  const { person } = request;
  const { config, database } = request.services;
  return {
    title: meta.title,
    description: meta.description ?? '',
    canonical: meta.canonical ? config.appUrl + meta.canonical : null,
    robots: meta.robots ?? (person ? 'noindex' : null),
    jsonLd: meta.jsonLd ? JSON.stringify(meta.jsonLd).replaceAll('<', '\\u003c') : null,
    user: person && {
      id: person.id,
      ...presentAvatar(person.displayName, person.avatarId),
      username: person.username,
      isSeller: person.isSeller,
      isAdmin: person.role === 'admin',
    },
    csrf,
    flash,
    nav: meta.nav ?? null,
    q: meta.q === undefined ? '' : meta.q,
    refresh: meta.refresh,
    panel: meta.panel,
    image: meta.image ? config.appUrl + meta.image : undefined,
    feeds: meta.feeds,
    gigCount: await listingCount(database),
    unread: person?.unread ?? 0,
    live: person !== null && !person.suspended,
    path: request.originalUrl,
    timeZone: zoneLabel(person?.timeZone ?? 'UTC'),
    features: {
      messages: true,
      notifications: true,
      favourites: true,
      admin: [
        ['admin-orders', paths.adminOrders(), 'Orders'],
        ['admin-disputes', paths.adminDisputes(), 'Disputes'],
        ['admin-money', paths.adminMoney, 'Money'],
      ],
      more: [
        ['admin-users', paths.adminUsers(), 'People'],
        ['admin-reviews', paths.adminReviews(), 'Reviews'],
        ['admin-reports', paths.adminReports(), 'Reported conversations'],
        ['admin-sellers', paths.adminSellers(), 'Sellers'],
        ['admin-categories', paths.adminCategories, 'Categories'],
        ['admin-webhooks', paths.adminWebhooks(), 'Webhooks'],
        ['admin-audit', paths.adminAudit(), 'Audit log'],
        ['admin-settings', paths.adminSettings, 'Settings'],
      ],
    },
  };
}

/** The JSON aliases share controllers with the pages: an invalid form tells its errors, an act tells where its result is. */
function answerJson(response: Response, locals: { errors?: { text: string }[] }): void {
  const errors = (locals.errors ?? []).map(({ text }) => text);
  response.json({ error: errors[0] ?? 'This address answers with a page.', errors });
}

async function seeOther(request: Request, response: Response, location: string, flash?: FlashMessage): Promise<void> {
  if (request.wantsJson) return void response.json({ location });
  if (flash && request.session) request.session.flash = flash;
  if (request.session) await saveSession(request);
  response.redirect(303, location);
}
