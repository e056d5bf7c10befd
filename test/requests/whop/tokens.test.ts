import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeJwt } from 'jose';
import { decrypt } from '../../../src/encryption.ts';
import { freshAccessToken } from '../../../src/models/whop-token.ts';
import { refreshTokens } from '../../../src/whop/oauth-tokens.ts';
import { CHAT_ACTIONS, PAYOUT_ACTIONS } from '../../../src/whop/access-tokens.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { signUp, visit } from '../../support/client.ts';
import { accountOf, idOf, openSeller } from '../../support/sellers.ts';
import { connectWhop, newPersona } from '../../support/whop-sign-in.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

async function connected(name: string) {
  const browser = await signUp(app, name);
  const sub = await newPersona(app, name.split(' ')[0]!);
  await connectWhop(app, browser, sub);
  return { browser, sub, userId: await idOf(app, browser) };
}

const stored = async (sub: string): Promise<string | null> => {
  const row = await app.database.withSystem('sign-in', (trx) => trx('whop_identities').where({ sub }).first());
  return row.refresh_token_encrypted && decrypt(row.refresh_token_encrypted, app.config.encryptionKey);
};
const worksAtWhop = (token: string) =>
  fetch(`${app.emulator.url}/oauth/userinfo`, { headers: { Authorization: `Bearer ${token}` } }).then(({ ok }) => ok);

describe("a person's own token", () => {
  test('rotates: the next one is stored, the one before is dead (defect 38)', async () => {
    const { sub, userId } = await connected('Ada Marlowe');
    const before = (await stored(sub))!;
    expect(await worksAtWhop((await freshAccessToken(app.services, userId))!)).toBe(true);
    expect(await stored(sub)).not.toBe(before);
    expect(await refreshTokens(app.services, before)).toBeNull();
  });

  test('two refreshes at the same moment leave a working token', async () => {
    const { sub, userId } = await connected('Ada Twice');
    const tokens = await Promise.all(Array.from({ length: 4 }, () => freshAccessToken(app.services, userId)));
    expect(await Promise.all(tokens.map((token) => worksAtWhop(token!)))).toEqual([true, true, true, true]);
    expect(await refreshTokens(app.services, (await stored(sub))!)).not.toBeNull();
  });

  test('a token that Whop has ended is cleared, and he has to sign in with Whop again', async () => {
    const { sub, userId } = await connected('Ada Ended');
    await refreshTokens(app.services, (await stored(sub))!);
    expect(await freshAccessToken(app.services, userId)).toBeNull();
    expect(await stored(sub)).toBeNull();
  });

  test('while Whop is away it stays', async () => {
    const { sub, userId } = await connected('Ada Waiting');
    const before = await stored(sub);
    const { hosts } = app.config.whop;
    const { oauth } = hosts;
    hosts.oauth = 'http://localhost:9/oauth';
    await expect(freshAccessToken(app.services, userId)).rejects.toThrow('Whop sign-in is not answering');
    hosts.oauth = oauth;
    expect(await stored(sub)).toBe(before);
  });
});

describe('GET /api/sell/payouts-token', () => {
  test("is for the seller's own company, with every action spelled out, and asks Whop once", async () => {
    const noor = await openSeller(app, 'Noor Haddad');
    const { whop_company_id: companyId } = await accountOf(app, noor);
    const answers = await Promise.all([1, 2, 3].map(() => noor.get('/api/sell/payouts-token?company_id=biz_other')));
    expect(new Set(answers.map(({ body }) => body.token)).size).toBe(1);
    const [answer] = answers;
    expect(answer!.headers['cache-control']).toBe('no-store');
    expect(decodeJwt(answer!.body.token)).toMatchObject({ company_id: companyId, scoped_actions: PAYOUT_ACTIONS });
    const fresh = await noor.get('/api/sell/payouts-token?fresh=1');
    expect(fresh.body.token).not.toBe(answer!.body.token);
  });

  test('401 for nobody, 403 for buyers and the suspended, 404 without a company, 503 when Whop is away: a sentence each', async () => {
    const nobody = await visit(app).get('/api/sell/payouts-token');
    expect([nobody.status, nobody.body.error]).toEqual([401, 'Sign in first.']);
    const ada = await signUp(app, 'Ada Buyer');
    const buyer = await ada.get('/api/sell/payouts-token');
    expect([buyer.status, buyer.body.error]).toEqual([403, expect.stringContaining('Open a seller account first')]);
    const adaId = await idOf(app, ada);
    await app.database.withSystem('jobs', (trx) =>
      trx('seller_accounts').insert({ user_id: adaId, company_title: 'Ada', country: 'gb' }),
    );
    const opening = await ada.get('/api/sell/payouts-token');
    expect([opening.status, opening.body.error]).toEqual([404, 'Open your seller account first.']);
    expect(opening.headers['cache-control']).toBe('no-store');

    const tomas = await openSeller(app, 'Tomas Vesely');
    await app.emulator.faults({ api: { status: 500, rate: 1, only: 'POST /access_tokens' } });
    const away = await tomas.get('/api/sell/payouts-token');
    await app.emulator.faults({});
    expect([away.status, away.body.error]).toEqual([503, expect.stringMatching(/\.$/)]);
    expect((await tomas.get('/api/sell/payouts-token')).status).toBe(200);

    const userId = await idOf(app, tomas);
    await app.database.withSystem('jobs', (trx) =>
      trx('users').where({ id: userId }).update({ suspended_at: new Date() }),
    );
    const suspended = await tomas.get('/api/sell/payouts-token');
    expect([suspended.status, suspended.body.error]).toEqual([403, expect.stringContaining('suspended')]);
  });
});

describe.each(['/api/chat/token', '/api/token'])('GET %s', (address) => {
  test("is in the person's own name, in the platform's inbox", async () => {
    const { browser, sub } = await connected('Ada Chatting');
    const answer = await browser.get(`${address}?user_id=user_EmuMina0000001`);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(decodeJwt(answer.body.token)).toMatchObject({
      company_id: app.config.whop.platformCompanyId,
      user_id: sub,
      scoped_actions: CHAT_ACTIONS,
    });
  });

  test('401, 404, 503 and 403 with a sentence each', async () => {
    expect((await visit(app).get(address)).status).toBe(401);
    const plain = await (await signUp(app, 'Ada Plain')).get(address);
    expect([plain.status, plain.body.error]).toEqual([404, 'Connect your Whop account first.']);

    const { browser, userId } = await connected('Ada Unlucky');
    await app.emulator.faults({ api: { status: 500, rate: 1, only: 'POST /access_tokens' } });
    const away = await browser.get(address);
    await app.emulator.faults({});
    expect([away.status, away.body.error]).toEqual([503, expect.stringMatching(/\.$/)]);

    await app.database.withSystem('jobs', (trx) =>
      trx('users').where({ id: userId }).update({ suspended_at: new Date() }),
    );
    expect((await browser.get(address)).status).toBe(403);
  });
});

test("where the platform's key gets no chat token, the person's own one serves", async () => {
  const { browser, sub } = await connected('Ada Herself');
  await app.emulator.faults({ permissions: { denied: ['chat:read'] } });
  const own = await browser.get('/api/chat/token');
  expect(own.status).toBe(200);
  expect(await worksAtWhop(own.body.token)).toBe(true);
  await refreshTokens(app.services, (await stored(sub))!);
  const ended = await browser.get('/api/chat/token');
  await app.emulator.faults({});
  expect([ended.status, ended.body.error]).toEqual([404, expect.stringContaining('Sign in with Whop again')]);
});
