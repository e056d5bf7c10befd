import type { Request, Response } from 'express';
import { auditFilter } from '../../forms/user-forms.ts';
import { auditPage } from '../../models/audit-list.ts';
import { paths } from '../../paths.ts';
import { presentAudit } from '../../presenters/audit.ts';

const PAGE = 50;

/** Who did what, when and from where: everything, filtered by the kind of act and by person. */
export async function index(request: Request, response: Response): Promise<void> {
  const { action, person, before } = auditFilter.parse(request.query);
  const filter = { action, person, before: before ? new Date(before) : undefined };
  const rows = await request.transaction((trx) => auditPage(trx, filter, PAGE + 1));
  const shown = rows.slice(0, PAGE);
  const next = { action, person, before: shown.at(-1)?.created_at.toISOString() };
  await response.page(
    'admin/audit/index',
    { title: 'Audit log', nav: 'admin-audit', q: null },
    {
      action: action ?? '',
      username: person ?? '',
      events: shown.map((row) => presentAudit(row, request.person!.timeZone)),
      pager: rows.length > PAGE ? { next: paths.adminAudit(next) } : null,
    },
  );
}
