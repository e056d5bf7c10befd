/** What an app may ask a user for: who he is, and his chats (contract 1.1, 8.2). */
export const SCOPES = [
  'openid',
  'profile',
  'email',
  'chat:read',
  'chat:message:create',
  'dms:read',
  'dms:message:manage',
  'dms:channel:manage',
  'support_chat:read',
  'support_chat:message:create',
];
