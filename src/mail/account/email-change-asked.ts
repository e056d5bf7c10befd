import type { AccountMail } from './account-mail.ts';

/** To the old address: it hears before anything changes. */
export const emailChangeAsked: AccountMail = ({ appUrl }) => ({
  subject: 'A new e-mail address for your account',
  text: [
    'Somebody who is signed in to your GigFlow account asked to change its e-mail address.',
    'It changes when the new address is confirmed, within the hour.',
    '',
    `If it was not you, change your password now, which also stops this: ${appUrl}/password-resets`,
  ],
});
