import type { AccountMail } from './account-mail.ts';

/** The secret links to the orders that were bought with this address and without an account. */
export const orderLinks: AccountMail = ({ orders }) => ({
  subject: 'The links to your orders',
  text: [
    'You asked for the links to what you bought on GigFlow without an account.',
    '',
    ...orders.flatMap(({ title, link }) => [title, link, '']),
    'Whoever has a link reaches the order. Keep them to yourself.',
  ],
});
