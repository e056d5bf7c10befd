import type { AccountMail } from './account-mail.ts';

/** Proves that the mailbox belongs to the person who signed up. */
export const verifyEmail: AccountMail = ({ link }) => ({
  subject: 'Confirm your e-mail address',
  text: [
    'Somebody, most likely you, made a GigFlow account with this address.',
    '',
    `Confirm it: ${link}`,
    '',
    'The link works once, for an hour. If it was not you, do nothing.',
  ],
});
