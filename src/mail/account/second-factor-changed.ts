import type { AccountMail } from './account-mail.ts';

export const secondFactorChanged: AccountMail = ({ appUrl }) => ({
  subject: 'The second step of signing in was changed',
  text: [
    'The second step of signing in to your GigFlow account was switched on or off.',
    '',
    `See what happened: ${appUrl}/account/security`,
    `If it was not you, choose a new password now: ${appUrl}/password-resets`,
  ],
});
