import type { AccountMail } from './account-mail.ts';

export const deletionAsked: AccountMail = ({ appUrl }) => ({
  subject: 'Your account will be deleted',
  text: [
    'You asked to delete your GigFlow account. That happens in 14 days.',
    '',
    `Until then you can sign in and keep it: ${appUrl}/account/security`,
  ],
});
