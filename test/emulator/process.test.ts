import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/whop-emulator/emulator.ts';
import { addSeller, checkoutBody, clientFor } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gigflow-emulator-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('answers as localhost and as 127.0.0.1', async () => {
  const emulator = await startEmulator({ port: 0 });
  for (const host of ['localhost', '127.0.0.1']) {
    expect((await fetch(`http://${host}:${emulator.port}/.well-known/jwks.json`)).status).toBe(200);
  }
  expect(emulator.url).toBe(`http://localhost:${emulator.port}`);
  await emulator.stop();
});

describe('its memory', () => {
  test('survives a restart in its file, and nowhere without one', async () => {
    const stateFile = path.join(folder, 'whop-emulator.json');
    const first = await startEmulator({ port: 0, stateFile });
    const seller = await addSeller(clientFor(first.url));
    const checkout = await clientFor(first.url).checkoutConfigurations.create(checkoutBody(seller.id));
    await first.stop();
    expect(readdirSync(folder)).toEqual(['whop-emulator.json']);

    const second = await startEmulator({ port: 0, stateFile });
    expect((await clientFor(second.url).companies.retrieve(seller.id)).title).toBe(seller.title);
    expect((await clientFor(second.url).checkoutConfigurations.retrieve(checkout.id)).purchase_url).toContain(
      second.url,
    );
    await second.stop();

    const third = await startEmulator({ port: 0 });
    await expect(clientFor(third.url).companies.retrieve(seller.id)).rejects.toThrow('not found');
    await third.stop();
  });

  test('holds everything: money, quarrels, chats, tokens', async () => {
    const stateFile = path.join(folder, 'whop-emulator.json');
    const first = await startEmulator({ port: 0, stateFile });
    const whop = clientFor(first.url);
    const act = async (at: string, body: object = {}): Promise<Record<string, string>> =>
      (await (
        await fetch(`${first.url}/control/${at}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json()) as Record<string, string>;
    const seller = await addSeller(whop);
    await act(`companies/${seller.id}/kyc`, { status: 'approved' });
    await act(`companies/${seller.id}/payout-methods`);
    const { id: checkout } = await whop.checkoutConfigurations.create(checkoutBody(seller.id));
    const { id: returned } = await act(`checkouts/${checkout}/pay`);
    const { id: refund } = await act(`payments/${returned}/refund`);
    await act(`refunds/${refund}`, { status: 'succeeded' });
    const { id: disputed } = await act(`checkouts/${checkout}/pay`);
    await act(`payments/${disputed}/dispute`);
    const people = ['user_EmuAda00000001', 'user_EmuNoor0000001'];
    const { id: channel } = await whop.dmChannels.create({ with_user_ids: people });
    await whop.messages.create({ channel_id: channel, content: 'Still here?' });
    const { token } = await whop.accessTokens.create({
      company_id: seller.id,
      scoped_actions: ['payout:account:read'],
    });
    const stateOf = async (url: string) => {
      const { faults: _faults, ...state } = (await (await fetch(`${url}/control/state`)).json()) as Record<
        string,
        object
      >;
      return JSON.parse(JSON.stringify(state).replaceAll(url, ''));
    };
    const before = await stateOf(first.url);
    await first.stop();

    const second = await startEmulator({ port: 0, stateFile });
    expect(await stateOf(second.url)).toEqual(before);
    for (const noun of ['payments', 'refunds', 'disputes', 'channels', 'messages', 'payoutMethods', 'ledgerEntries']) {
      expect(before[noun].length, noun).toBeGreaterThan(0);
    }
    const frame = await fetch(`${second.url}/elements/api/companies/${seller.id}/identity`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(frame.status, 'a token of before the restart').toBe(200);
    await second.stop();
  });

  test('is empty again after a reset, people aside', async () => {
    const emulator = await startEmulator({ port: 0 });
    const seller = await addSeller(clientFor(emulator.url));
    await fetch(`${emulator.url}/control/reset`, { method: 'POST' });
    await expect(clientFor(emulator.url).companies.retrieve(seller.id)).rejects.toThrow('not found');
    expect((await clientFor(emulator.url).users.retrieve('ada')).name).toBe('Ada Marlowe');
    await emulator.stop();
  });
});

describe('its process', () => {
  const start = (env: NodeJS.ProcessEnv = {}): ChildProcess =>
    fork(path.join(import.meta.dirname, '../../src/whop-emulator/main.ts'), {
      env: { ...process.env, NODE_ENV: 'test', WHOP_EMULATOR_PORT: '0', GIGFLOW_DATA_DIR: folder, ...env },
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });

  test('says where it is and stops when told or left alone', async () => {
    for (const stop of [(child: ChildProcess) => child.kill('SIGTERM'), (child: ChildProcess) => child.disconnect()]) {
      const child = start();
      const [message] = (await once(child, 'message')) as [{ ready: boolean; url: string }];
      expect(message).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/localhost:\d+$/) as string });
      stop(child);
      expect((await once(child, 'exit'))[0]).toBe(0);
    }
    expect(readdirSync(folder)).toEqual(['whop-emulator.json']);
  });

  test('refuses production', async () => {
    const child = start({ NODE_ENV: 'production' });
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said).toContain('refuses to start with NODE_ENV=production');
  });
});
