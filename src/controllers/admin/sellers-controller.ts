import type { Request, Response } from 'express';
import { NotFound, WhopFailure } from '../../errors.ts';
import { sellerFilter } from '../../forms/seller-filter.ts';
import { originOf, recordAlone } from '../../models/audit-event.ts';
import { syncKyc } from '../../models/seller-account.ts';
import { sellerPage } from '../../models/seller-list.ts';
import { paths } from '../../paths.ts';
import { presentSellers } from '../../presenters/admin/sellers.ts';
import { identityLine } from '../../presenters/identity.ts';

const PAGE = 30;

/** Everybody who sells, by identity check. */
export async function index(request: Request, response: Response): Promise<void> {
  const filter = sellerFilter.parse(request.query);
  const rows = await request.transaction((trx) => sellerPage(trx, filter, PAGE + 1));
  await response.page(
    'admin/sellers/index',
    { title: 'Sellers', nav: 'admin-sellers', q: null },
    presentSellers(rows, filter, PAGE, request.person!.timeZone),
  );
}

/** Asks Whop how a seller's identity check stands, and stores it. */
export async function read(request: Request, response: Response): Promise<void> {
  const id = String(request.params.id);
  const { services, person } = request;
  try {
    const status = await syncKyc(services, id);
    if (!status) throw new NotFound();
    await recordAlone(services.database, {
      actorId: person!.id,
      subjectId: id,
      action: 'seller.read',
      details: { status },
      from: originOf(request),
    });
    const text = `Whop says: ${identityLine(status).badge.text.toLowerCase()}.`;
    await response.seeOther(paths.adminSellers(), { kind: 'good', text });
  } catch (error) {
    if (!(error instanceof WhopFailure)) throw error;
    services.logger.warn({ err: error, seller: id }, 'a seller could not be read at Whop');
    await response.seeOther(paths.adminSellers(), {
      kind: 'bad',
      text: 'Whop does not answer just now. Nothing changed.',
    });
  }
}

/** A GET on the address of an act goes to its page. */
export const toSellers = (_request: Request, response: Response): void => response.redirect(303, paths.adminSellers());
