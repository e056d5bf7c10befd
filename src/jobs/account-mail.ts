import type { Config } from '../config.ts';
import type { Transaction } from '../database.ts';
import { ACCOUNT_MAILS } from '../mail/account/account-mail.ts';
import { accountToken, type AccountToken, type Purpose } from '../models/account-token.ts';
import { guestOrdersOf, guestToken } from '../models/guest-buyer.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';

const PLACES: Partial<Record<Purpose, (token: string) => string>> = {
  'verify-email': paths.emailVerification,
  'reset-password': paths.passwordReset,
  'change-email': paths.emailChange,
  'join-whop': paths.whopJoin,
};

/** Sends one mail about an account, once. The row of an address that nobody has ends here without one. */
export async function accountMail(services: Services, id: string): Promise<void> {
  const { config, database, mailer } = services;
  const found = await database.withSystem('jobs', async (trx) => {
    const row = await trx<AccountToken>('account_tokens').where({ id }).first();
    return row && { row, orders: row.purpose === 'order-links' ? await linksOf(trx, config, row.email) : [] };
  });
  if (!found || found.row.mailed_at || !mailer) return;
  const { row, orders } = found;
  if (row.purpose === 'order-links' ? orders.length === 0 : row.user_id === null) return;
  const place = PLACES[row.purpose];
  const link = place ? config.appUrl + place(accountToken(config, id)) : '';
  const { subject, text } = ACCOUNT_MAILS[row.purpose]({ appUrl: config.appUrl, link, orders });
  await mailer.send({ to: row.email, subject, text: [...text, '', 'GigFlow'].join('\n') });
  await database.withSystem('jobs', (trx) =>
    trx('account_tokens')
      .where({ id })
      .update({ mailed_at: trx.raw('app_now()') }),
  );
}

const linksOf = async (trx: Transaction, config: Config, email: string) =>
  (await guestOrdersOf(trx, email)).map(({ guestId, title }) => ({
    title,
    link: `${config.appUrl}${paths.guestLink(guestToken(config, guestId))}`,
  }));
