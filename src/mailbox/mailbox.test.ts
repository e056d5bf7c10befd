import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { afterAll, describe, expect, test } from 'vitest';
import { startMailbox, type Mailbox } from './start-mailbox.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

async function withMailbox(work: (mailbox: Mailbox) => Promise<void>) {
  const mailbox = await startMailbox({ smtpPort: 0, webPort: 0, dataDir });
  try {
    await work(mailbox);
  } finally {
    await mailbox.stop();
  }
}

describe('the mailbox', () => {
  test('shows what was sent, also after a restart, without letting it run', async () => {
    await withMailbox(async ({ smtpUrl }) => {
      const transport = nodemailer.createTransport(smtpUrl);
      await transport.sendMail({
        from: 'GigFlow <no-reply@gigflow.test>',
        to: 'Ada@gigflow.test',
        bcc: 'mina@gigflow.test',
        subject: 'Order 7 <b>is</b> delivered – ünïcode',
        text: 'See http://localhost:3000/orders/7 & decide.',
        html: '<p>See <a href="http://localhost:3000/orders/7">order 7</a></p><script>alert(1)</script>',
      });
      await transport.sendMail({ from: 'a@gigflow.test', to: 'noor@gigflow.test', subject: 'Text only', text: 'hi' });
      transport.close();
    });

    await withMailbox(async ({ url }) => {
      const list = await (await fetch(url)).text();
      expect(list).toContain('Order 7 &lt;b&gt;is&lt;/b&gt; delivered – ünïcode');
      expect(list.indexOf('Text only')).toBeLessThan(list.indexOf('Order 7'));

      const json = (await (await fetch(`${url}/messages.json?to=ada@gigflow.test`)).json()) as { id: number }[];
      expect(json).toMatchObject([{ from: 'no-reply@gigflow.test', to: ['ada@gigflow.test', 'mina@gigflow.test'] }]);

      const message = await (await fetch(`${url}/messages/${json[0]!.id}`)).text();
      expect(message).toContain(
        '<a href="http://localhost:3000/orders/7">http://localhost:3000/orders/7</a> &amp; decide',
      );
      expect(message).toMatch(/<iframe [^>]*sandbox="allow-popups /);

      const html = await fetch(`${url}/messages/${json[0]!.id}/html`);
      expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'.* sandbox allow-popups/);
      expect(await html.text()).toContain('order 7');

      expect((await fetch(`${url}/messages/99`)).status).toBe(404);
    });
  });
});
