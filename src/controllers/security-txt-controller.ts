import type { Request, Response } from 'express';
import { clock } from '../clock.ts';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** RFC 9116: where to report a weakness. The address is the operator's. */
export function show(request: Request, response: Response): void {
  const { appUrl, mailFrom } = request.services.config;
  const address = /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
  const lines = [
    `Contact: mailto:${address}`,
    `Expires: ${new Date(clock.now().getTime() + YEAR).toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${appUrl}/.well-known/security.txt`,
  ];
  response.type('text').send(lines.join('\n') + '\n');
}
