import { Webhook } from 'standardwebhooks';

/**
 * The headers of one delivery. Whop's HMAC key is the secret's literal bytes, prefix included, while the library
 * decodes base64: hence the encoding first (contract 11.2, measured).
 */
export function signedHeaders(secret: string, messageId: string, body: string): Record<string, string> {
  const now = new Date();
  const key = secret.startsWith('whsec_') ? secret : Buffer.from(secret).toString('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(messageId, now, body),
  };
}
