import type { AccountMail } from './account-mail.ts';

/** To the new address: it takes effect only when its owner confirms. */
export const changeEmail: AccountMail = ({ link }) => ({
  subject: 'Confirm your new e-mail address',
  text: [
    'You asked to use this address for your GigFlow account.',
    '',
    `Confirm it: ${link}`,
    '',
    'The link works once, for an hour. Until then your old address stays. If you did not ask, do nothing.',
  ],
});
