import type { AccountMail } from './account-mail.ts';

/** The way back in for somebody who forgot his password. */
export const resetPassword: AccountMail = ({ link }) => ({
  subject: 'Choose a new password',
  text: [
    'Somebody asked for a new password for your GigFlow account.',
    '',
    `Choose one: ${link}`,
    '',
    'The link works once, for an hour. If you did not ask, do nothing: your password stays as it is.',
  ],
});
