import type { Request, Response } from 'express';
import { categorySlugs } from '../models/category.ts';
import { sitemapListings } from '../models/listing.ts';
import { sellerUsernames } from '../models/public-profile.ts';
import { paths } from '../paths.ts';
import { xml } from '../presenters/xml.ts';

export async function show(request: Request, response: Response): Promise<void> {
  const { appUrl } = request.services.config;
  const { categories, gigs, sellers } = await request.transaction(async (trx) => ({
    categories: await categorySlugs(trx),
    gigs: await sitemapListings(trx),
    sellers: await sellerUsernames(trx),
  }));
  const entry = (path: string, changed?: Date) =>
    `<url><loc>${xml(appUrl + path)}</loc>${changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''}</url>`;
  const entries = [
    ...[paths.home, paths.search(), paths.orderRules, paths.fees, paths.ranking].map((path) => entry(path)),
    ...categories.map((slug) => entry(paths.category(slug))),
    ...gigs.map(({ slug, published_at }) => entry(paths.gig(slug), published_at)),
    ...sellers.map((username) => entry(paths.profile(username))),
  ];
  response
    .type('application/xml')
    .set('Cache-Control', 'public, max-age=600')
    .send(
      `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`,
    );
}

/** Rooms behind a sign-in hold nothing for a search engine. */
const CLOSED = ['/account', '/admin', '/api/', '/checkout', '/o/', '/orders', '/sell/', '/messages', '/notifications'];

export function robots(request: Request, response: Response): void {
  const rules = CLOSED.map((path) => `Disallow: ${path}`).join('\n');
  response
    .type('text')
    .set('Cache-Control', 'public, max-age=600')
    .send(`User-agent: *\n${rules}\n\nSitemap: ${request.services.config.appUrl}${paths.sitemap}\n`);
}
