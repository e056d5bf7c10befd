import type { Request, Response } from 'express';
import { Conflict, NotFound } from '../../errors.ts';
import { closureForm, reportFilter, threadPage } from '../../forms/report-forms.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { originOf, recordAlone } from '../../models/audit-event.ts';
import { closeReport, findReport, findReportedThread, listReports } from '../../models/conversation-report.ts';
import { paths } from '../../paths.ts';
import { authorize } from '../../policies/policy.ts';
import { mayCloseReport } from '../../policies/report-policy.ts';
import { presentReport, presentReports } from '../../presenters/admin/reports.ts';

const PAGE = 30;
const idOf = (request: Request) => String(request.params.id);

export async function index(request: Request, response: Response): Promise<void> {
  const { tab, after } = reportFilter.parse(request.query);
  const closed = tab === 'closed';
  const reports = await request.transaction((trx) => listReports(trx, { closed, after }, PAGE + 1));
  await response.page(
    'admin/reports/index',
    { title: 'Reported conversations', nav: 'admin-reports', q: null },
    presentReports(reports, closed, PAGE, request.person!.timeZone),
  );
}

export async function show(request: Request, response: Response): Promise<void> {
  await showReport(request, response, emptyForm());
}

/** As the system actor, after the policy: nobody changes a report, and the audit log is written by nobody else. */
export async function close(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(closureForm, request.body);
  const { id: adminId } = request.person!;
  await request.services.database.withSystem('audit', async (trx) => {
    const report = await findReport(trx, idOf(request));
    if (!report) throw new NotFound();
    authorize(mayCloseReport(request.person!, report));
    const open = parsed.valid
      ? await closeReport(trx, report, { adminId, outcome: parsed.data.outcome, from: originOf(request) })
      : report.closed_at === null;
    if (!open) throw new Conflict('This report is closed already.');
  });
  if (!parsed.valid) return showReport(request, response.status(422), parsed.form);
  await response.seeOther(paths.adminReports(), { kind: 'good', text: 'The report is closed.' });
}

/** A GET on the address of an act goes to its page. */
export const toReport = (request: Request, response: Response): void =>
  response.redirect(303, paths.adminReport(idOf(request)));

/** Whoever reads what two people wrote to each other is written down first. */
async function showReport(request: Request, response: Response, form: FormState): Promise<void> {
  const person = request.person!;
  const { before } = threadPage.parse(request.query);
  const found = await request.transaction((trx) => findReportedThread(trx, idOf(request), before));
  if (!found) throw new NotFound();
  const { report } = found;
  await recordAlone(request.services.database, {
    actorId: person.id,
    action: 'conversation.read',
    target: { type: 'conversation', id: report.conversation_id },
    details: { report: report.id },
    from: originOf(request),
  });
  const shown = presentReport(found, mayCloseReport(person, report), person.timeZone);
  await response.page(
    'admin/reports/show',
    { title: shown.heading, nav: 'admin-reports', q: null },
    { ...form, report: shown, latest: before === undefined },
  );
}
