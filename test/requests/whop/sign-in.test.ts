import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { visit, type Client } from '../../support/client.ts';
import { askWhop, newPersona } from '../../support/whop-sign-in.ts';

let app: TestApp;
let between: Server;
/** How Whop's answers are changed on their way to the application. */
let change: (path: string, body: Record<string, unknown>) => Record<string, unknown> | undefined = (_, body) => body;
/** What the application sent to the token end point. */
let sent: { authorization: string | undefined; body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  between = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void forward(request.url!, request.method!, request.headers, Buffer.concat(chunks)));
    async function forward(path: string, method: string, headers: Record<string, unknown>, body: Buffer) {
      const { authorization } = headers as { authorization?: string };
      if (path.endsWith('/token')) sent.push({ authorization, body: JSON.parse(body.toString()) });
      const answer = await fetch(app.emulator.url + path, {
        method,
        headers: { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) },
        ...(body.length > 0 && { body }),
      });
      const changed = change(path, (await answer.json()) as Record<string, unknown>);
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(changed));
    }
  });
  await new Promise<void>((resolve) => between.listen(0, 'localhost', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => between.close(resolve).closeAllConnections());
  await app.stop();
});

const isSignedIn = async (browser: Client): Promise<boolean> => (await browser.get('/logout')).status === 200;
const identities = (sub: string): Promise<unknown[]> =>
  app.database.withSystem('sign-in', (trx) => trx('whop_identities').where({ sub }));

/** The callback, with the server in between answering for Whop. */
async function comeBack(browser: Client, back: string): Promise<{ status: number; text: string }> {
  const { hosts } = app.config.whop;
  const { oauth } = hosts;
  sent = [];
  hosts.oauth = `http://localhost:${(between.address() as AddressInfo).port}/oauth`;
  try {
    return await browser.get(back);
  } finally {
    hosts.oauth = oauth;
  }
}

async function refused(alter: typeof change, tamper?: (asked: URL) => void): Promise<string> {
  const sub = await newPersona(app, 'Ada', 'ada@whop-people.test');
  const browser = visit(app);
  const back = await askWhop(app, browser, sub, { tamper });
  change = alter;
  const answer = await comeBack(browser, back);
  change = (_, body) => body;
  expect([answer.status, await isSignedIn(browser), await identities(sub)]).toEqual([403, false, []]);
  return answer.text;
}

test('an id token for another nonce belongs to another sign-in', async () => {
  const text = await refused(
    (_, body) => body,
    (asked) => asked.searchParams.set('nonce', 'somebody-elses-nonce'),
  );
  expect(text).toContain('does not belong to this sign-in');
});

test('no id token, a foreign id token, a changed one: no session', async () => {
  await refused((path, body) => (path.endsWith('/token') ? { ...body, id_token: undefined } : body));
  await refused((path, body) => (path.endsWith('/token') ? { ...body, id_token: 'a.b.c' } : body));
  await refused((path, body) => {
    if (!path.endsWith('/token')) return body;
    const [head, , signature] = String(body.id_token).split('.');
    const payload = Buffer.from(JSON.stringify({ sub: 'user_EmuMina0000001' })).toString('base64url');
    return { ...body, id_token: [head, payload, signature].join('.') };
  });
});

test('user info without sub, or about somebody else, is no identity (defect 34)', async () => {
  const without = await refused((path, { sub, ...rest }) => (path.endsWith('/userinfo') ? rest : { sub, ...rest }));
  expect(without).toContain('did not say who you are');
  await refused((path, body) => (path.endsWith('/userinfo') ? { ...body, sub: 'user_EmuMina0000001' } : body));
});

test('the client is named in the body, and by Basic when Whop wants that', async () => {
  const sub = await newPersona(app, 'Ada');
  const first = visit(app);
  await comeBack(first, await askWhop(app, first, sub));
  expect(sent).toMatchObject([
    { body: { client_id: app.config.whop.oauthClientId, client_secret: app.config.whop.oauthClientSecret } },
  ]);

  await app.emulator.faults({ oauth: { clientAuthentication: 'basic' } });
  const second = visit(app);
  await comeBack(second, await askWhop(app, second, sub));
  await app.emulator.faults({});
  expect(await isSignedIn(second)).toBe(true);
  expect(sent.map(({ authorization, body }) => [authorization?.split(' ')[0], 'client_secret' in body])).toEqual([
    [undefined, true],
    ['Basic', false],
  ]);
});

test('a secret that Whop does not take is our fault: 503, no session, and the code is not burnt', async () => {
  const sub = await newPersona(app, 'Ada');
  const browser = visit(app);
  const back = await askWhop(app, browser, sub);
  const { whop } = app.config;
  const secret = whop.oauthClientSecret;
  whop.oauthClientSecret = 'apik_wrong';
  const answer = await comeBack(browser, back);
  whop.oauthClientSecret = secret;
  expect([answer.status, await isSignedIn(browser), await identities(sub)]).toEqual([503, false, []]);
});

test('the keys of Whop cannot be read: 503, no session', async () => {
  const sub = await newPersona(app, 'Ada');
  const browser = visit(app);
  const back = await askWhop(app, browser, sub);
  const { hosts } = app.config.whop;
  const { jwks } = hosts;
  hosts.jwks = 'http://localhost:9/.well-known/jwks.json';
  const answer = await browser.get(back);
  hosts.jwks = jwks;
  expect([answer.status, await isSignedIn(browser)]).toEqual([503, false]);
});
