import type { AccountMail } from './account-mail.ts';

export const passwordChanged: AccountMail = ({ appUrl }) => ({
  subject: 'Your password was changed',
  text: [
    'The password of your GigFlow account was changed. Every other device was signed out.',
    '',
    `If it was not you, choose a new one now: ${appUrl}/password-resets`,
  ],
});
