import type { AccountMail } from './account-mail.ts';

/** To the address that an account and a Whop account share: only whoever reads its mails may join the two. */
export const joinWhop: AccountMail = ({ link }) => ({
  subject: 'Connect your Whop account',
  text: [
    'Somebody, most likely you, continued with a Whop account that has this e-mail address. There is a GigFlow account with the same address, which nobody has confirmed yet.',
    '',
    `Connect the two: ${link}`,
    '',
    'That confirms the address, removes the password of the GigFlow account and signs it out everywhere.',
    'The link works once, for an hour. If it was not you, do nothing.',
  ],
});
