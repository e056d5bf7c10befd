import type { Request, Response } from 'express';
import { moneyChecks } from '../../jobs/money-checks.ts';
import { lastCheckRun, openBankDisputes, recentAlerts, refundsUnderWay } from '../../models/money-desk.ts';
import { checkInvariants } from '../../money/invariants.ts';
import { paths } from '../../paths.ts';
import { presentMoney } from '../../presenters/admin/money.ts';

/** Whether the money is true, and what of it needs a person. */
export async function show(request: Request, response: Response): Promise<void> {
  const { config } = request.services;
  // The inbox and the books of all sellers are in it: as the system, which sees every row.
  const findings = await request.services.database.withSystem('jobs', checkInvariants);
  const desk = await request.transaction(async (trx) => ({
    refunds: await refundsUnderWay(trx),
    disputes: await openBankDisputes(trx),
    alerts: await recentAlerts(trx),
    lastRun: await lastCheckRun(trx),
  }));
  const reader = { zone: request.person!.timeZone, currency: config.currency };
  await response.page(
    'admin/money/show',
    { title: 'Money checks', nav: 'admin-money', q: null, partial: 'admin/money/_checks' },
    { money: presentMoney({ ...desk, findings }, reader) },
  );
}

/** The job, now. */
export async function run(request: Request, response: Response): Promise<void> {
  const { failing } = await moneyChecks(request.services);
  await response.seeOther(
    paths.adminMoney,
    failing ? { kind: 'bad', text: 'Checked and logged.' } : { kind: 'good', text: 'Checked and logged: all hold.' },
  );
}
