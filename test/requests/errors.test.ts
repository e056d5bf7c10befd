import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

test('an unknown address is a page with a way on', async () => {
  const response = await visit(app).get('/no/such/page');
  expect(response.status).toBe(404);
  const notFound = page(response);
  expect(notFound('h1').text()).toBe('Page not found');
  expect(
    notFound('main a')
      .map((_, link) => notFound(link).attr('href'))
      .get(),
  ).toEqual(['/search', '/', '/login']);
  expect(notFound('meta[name=robots]').attr('content')).toBe('noindex');
});

test.each([
  ['/Search', '/search'],
  ['/search/', '/search'],
  ['//search', '/search'],
  ['/TERMS/?a=B', '/terms?a=B'],
])('%s is sent to the one spelling', async (given, canonical) => {
  const response = await visit(app).get(given);
  expect([response.status, response.headers.location]).toEqual([301, canonical]);
});

test.each([
  '/%',
  '/gigs/%E0%A4%A',
  '/@%FF',
  '/images/../../etc/passwd',
  '/gigs/..%2f..%2fetc%2fpasswd',
  '/images/1/2.avif',
])('a broken address is not found: %s', async (address) => {
  const response = await visit(app).get(address);
  expect(response.status).toBe(404);
  expect(response.text).not.toMatch(/node_modules|\/src\/|Error:/);
});

test('a refused form keeps the reason and stays a whole page', async () => {
  const response = await visit(app).raw.post('/login').type('form').send({ email: 'a@b.test', password: 'x' });
  expect(response.status).toBe(403);
  expect(page(response)('h1').text()).toBe('Please send that again');
});

test('htmx gets the message alone', async () => {
  const response = await visit(app)
    .raw.post('/login')
    .set({ 'HX-Request': 'true', 'HX-Request-Type': 'partial' })
    .type('form')
    .send({});
  expect(response.status).toBe(403);
  expect(response.text).not.toContain('<html');
  expect(page(response)('h2').text()).toBe('Please send that again');
});

test('a failure of ours says nothing about the inside, and names a number', async () => {
  const broken = await startTestApp();
  await broken.database.pool.raw('drop table categories cascade');
  const response = await visit(broken).get('/');
  expect(response.status).toBe(500);
  expect(page(response)('main').text()).toContain(String(response.headers['x-request-id']));
  expect(response.text).not.toMatch(/categories|select|relation|node_modules/);
  await broken.stop();
});

test.each(['/', '/search', '/login', '/no-such-page', '/terms'])('%s carries the security headers', async (address) => {
  const { headers } = await visit(app).get(address);
  const policy = headers['content-security-policy']!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  expect(headers['x-powered-by']).toBeUndefined();
});
