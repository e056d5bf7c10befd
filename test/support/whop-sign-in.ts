import * as cheerio from 'cheerio';
import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import type { Client } from './client.ts';

interface Answer {
  decision?: 'approve' | 'deny';
  /** Where the browser starts. */
  from?: string;
  /** Changes what GigFlow asks Whop for. */
  tamper?: (asked: URL) => void;
}

/** Goes to Whop, answers there as a persona, and returns the address that Whop sends the browser back to. */
export async function askWhop(
  app: TestApp,
  browser: Client,
  persona: string,
  { decision = 'approve', from = '/api/auth/whop/authorize', tamper = () => {} }: Answer = {},
): Promise<string> {
  const sent = await browser.get(from);
  expect(sent.status).toBe(302);
  const asked = new URL(sent.headers.location!);
  tamper(asked);
  const consent = cheerio.load(await (await fetch(asked)).text());
  const fields = new URLSearchParams({ persona, decision });
  consent('form')
    .first()
    .find('input[type=hidden]')
    .each((_, input) => {
      const { name, value } = input.attribs;
      if (name && name !== 'persona') fields.set(name, value ?? '');
    });
  const answer = await fetch(`${app.emulator.url}/oauth/authorize`, {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  });
  const back = new URL(answer.headers.get('location')!);
  expect(back.origin).toBe(app.url);
  return back.pathname + back.search;
}

/** Somebody new at Whop. */
export async function newPersona(app: TestApp, name: string, email: string | null = null): Promise<string> {
  const username = `${name.toLowerCase()}${Math.random().toString(36).slice(2, 8)}`;
  const persona = (await app.emulator.call('POST', '/control/personas', {
    sub: `user_${username}`.padEnd(19, '0'),
    email,
    email_verified: email !== null,
    name,
    username,
  })) as { sub: string };
  return persona.sub;
}

/** Connects the signed-in person to a Whop account through the pages, as he does it himself. */
export async function connectWhop(app: TestApp, browser: Client, persona: string): Promise<void> {
  await browser.post('/account/whop');
  const answer = await browser.get(
    await askWhop(app, browser, persona, { from: '/api/auth/whop/authorize?intent=link' }),
  );
  expect([answer.status, answer.headers.location]).toEqual([303, '/account/whop']);
}
