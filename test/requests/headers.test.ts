import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';
import { orderIn, setScene, type Scene } from '../support/orders.ts';

let app: TestApp;
let scene: Scene;
let orderId: string;
beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
  orderId = await orderIn(app, scene, 'in_progress');
});
afterAll(() => app.stop());

const directive = (policy: string, name: string): string =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))!
    .slice(name.length + 1);

test('every page carries the strict policy; only pages that host Whop open it, for Whop’s hosts alone (defect 32)', async () => {
  const { ada, noor, mina } = scene.as;
  const strict = ['/', '/search', '/login', '/signup', '/password-resets', '/order-links', '/terms', '/nothing-here'];
  const own = ['/account/security', '/account/sessions', '/account/deletion'];
  const answers = [
    ...(await Promise.all(strict.map((path) => visit(app).get(path)))),
    ...(await Promise.all(own.map((path) => ada.get(path)))),
    await mina.get('/admin/users'),
    await mina.get('/admin/audit'),
  ];
  for (const { headers } of answers) {
    const policy = headers['content-security-policy']!;
    expect(policy).not.toMatch(/unsafe|nonce|\*/);
    expect(directive(policy, 'default-src')).toBe("'none'");
    for (const name of ['script-src', 'style-src', 'connect-src', 'form-action']) {
      expect(directive(policy, name)).toBe("'self'");
    }
    for (const name of ['frame-src', 'frame-ancestors', 'base-uri', 'object-src']) {
      expect(directive(policy, name)).toBe("'none'");
    }
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  }
  const opened = await noor.get('/sell/payouts');
  expect(directive(opened.headers['content-security-policy']!, 'frame-src')).not.toBe("'none'");
  expect(opened.headers['cross-origin-opener-policy']).toBe('same-origin-allow-popups');
  for (const { headers } of [opened, await ada.get(`/orders/${orderId}`)]) {
    expect(headers['content-security-policy']).not.toMatch(/'unsafe-(inline|eval)'/);
    expect(directive(headers['content-security-policy']!, 'frame-ancestors')).toBe("'none'");
  }
});

test('no page has an inline script or style', async () => {
  for (const path of ['/account', '/account/security', '/account/sessions', `/orders/${orderId}`, '/search']) {
    const shown = page(await scene.as.ada.get(path));
    expect(shown('script:not([src]):not([type="application/ld+json"]), style, [style]')).toHaveLength(0);
    const handlers = shown('*').filter(
      (_, node) => 'attribs' in node && Object.keys(node.attribs).some((name) => /^on/.test(name)),
    );
    expect(handlers).toHaveLength(0);
  }
});

test('sniffing, framing and powerful features are off; signed-in pages are stored nowhere', async () => {
  const { headers } = await scene.as.ada.get('/account');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'cache-control': 'private, no-store',
  });
  expect(headers['x-powered-by']).toBeUndefined();
});

test('the host is ours or the answer is 421; watchers may use any name', async () => {
  for (const host of ['evil.test', `evil.test:${new URL(app.url).port}`, '127.0.0.1']) {
    expect((await visit(app).raw.get('/').set('Host', host)).status).toBe(421);
    expect((await visit(app).raw.get('/healthz').set('Host', host)).status).toBe(200);
  }
  const lied = await visit(app).raw.get('/search').set('X-Forwarded-Host', 'evil.test');
  expect(lied.text).not.toContain('evil.test');
});

test('over https the cookie is __Host-, Secure, HttpOnly and Lax, and HSTS is sent', async () => {
  const https = await startTestApp({ env: { APP_URL: 'https://gigflow.test' } });
  const behind = { Host: 'gigflow.test', 'X-Forwarded-Proto': 'https' };
  const { headers } = await visit({ ...https, url: `http://localhost:${https.port}` }).get('/login', behind);
  await https.stop();
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  const cookie = headers['set-cookie']![0]!;
  expect(cookie).toMatch(/^__Host-gigflow=/);
  for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part);
  expect(cookie).not.toContain('Domain');
});

test('security.txt says where to report, for a year', async () => {
  const { text, type } = await visit(app).get('/.well-known/security.txt');
  expect(type).toBe('text/plain');
  expect(text).toMatch(/^Contact: mailto:\S+@\S+$/m);
  expect(text).toContain(`Canonical: ${app.url}/.well-known/security.txt`);
  expect(new Date(/^Expires: (.+)$/m.exec(text)![1]!).getTime()).toBeGreaterThan(Date.now() + 300 * 86_400_000);
});
