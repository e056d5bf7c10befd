import { Buffer } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import Whop from '@whop/sdk';

/**
 * Checks the signature of a webhook over its raw body (contract 11.2).
 * @param secret as Whop shows it: `ws_…` and plain texts sign by their literal bytes, `whsec_…` by the decoded ones
 * @returns the parsed body, or null when the signature, the time stamp or the body is not right
 */
export function verifyWebhook(rawBody: Buffer, headers: IncomingHttpHeaders, secret: string): unknown {
  const trimmed = secret.trim();
  const webhookKey = trimmed.startsWith('whsec_') ? trimmed : Buffer.from(trimmed).toString('base64');
  const plainHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : (value ?? '')]),
  );
  try {
    return new Whop({ apiKey: 'unused', webhookKey, logLevel: 'off' }).webhooks.unwrap(rawBody.toString('utf8'), {
      headers: plainHeaders,
    });
  } catch {
    return null;
  }
}
