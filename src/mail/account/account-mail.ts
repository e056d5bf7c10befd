import type { Purpose } from '../../models/account-token.ts';
import { changeEmail } from './change-email.ts';
import { deletionAsked } from './deletion-asked.ts';
import { emailChangeAsked } from './email-change-asked.ts';
import { joinWhop } from './join-whop.ts';
import { orderLinks } from './order-links.ts';
import { passwordChanged } from './password-changed.ts';
import { resetPassword } from './reset-password.ts';
import { secondFactorChanged } from './second-factor-changed.ts';
import { verifyEmail } from './verify-email.ts';

export interface AccountMailFacts {
  appUrl: string;
  /** The address of the mailed link; empty for mails that only tell. */
  link: string;
  orders: { title: string; link: string }[];
}

export type AccountMail = (facts: AccountMailFacts) => { subject: string; text: string[] };

/** Every mail about an account, by its purpose. */
export const ACCOUNT_MAILS: Record<Purpose, AccountMail> = {
  'verify-email': verifyEmail,
  'reset-password': resetPassword,
  'change-email': changeEmail,
  'join-whop': joinWhop,
  'email-change-asked': emailChangeAsked,
  'password-changed': passwordChanged,
  'second-factor-changed': secondFactorChanged,
  'deletion-asked': deletionAsked,
  'order-links': orderLinks,
};
