import { expect, test } from 'vitest';
import { whopHosts } from './hosts.ts';

const hostsIn = (value: unknown): string[] =>
  JSON.stringify(value)
    .match(/\/\/[^/"]+/g)!
    .map((host) => host.slice(2));

test('the emulator: everything is on one port of this machine, nothing asks Whop', () => {
  const hosts = whopHosts('emulator', 4100);
  expect(hosts).toMatchObject({
    api: 'http://localhost:4100/api/v1',
    oauth: 'http://localhost:4100/oauth',
    jwks: 'http://localhost:4100/.well-known/jwks.json',
    pages: 'http://localhost:4100/',
    checkoutOrigin: 'http://localhost:4100/',
    elementsScript: 'http://localhost:4100/release/elements.js',
  });
  const { issuer: _issuer, ...reached } = hosts;
  expect(new Set(hostsIn(reached))).toEqual(new Set(['localhost:4100']));
});

test('the sandbox: identity, money and embeds all point there', () => {
  expect(whopHosts('sandbox', 4100)).toMatchObject({
    api: 'https://sandbox-api.whop.com/api/v1',
    oauth: 'https://sandbox-api.whop.com/oauth',
    jwks: 'https://sandbox-api.whop.com/.well-known/jwks.json',
    pages: 'https://sandbox.whop.com/',
    checkoutOrigin: null,
    checkoutEnvironment: 'sandbox',
    elementsScript: null,
    elementsEnvironment: 'sandbox',
  });
});

test('production: no sandbox host anywhere', () => {
  const hosts = whopHosts('production', 4100);
  expect(hosts).toMatchObject({
    api: 'https://api.whop.com/api/v1',
    oauth: 'https://api.whop.com/oauth',
    pages: 'https://whop.com/',
    checkoutEnvironment: 'production',
    elementsEnvironment: 'production',
  });
  expect(JSON.stringify(hosts)).not.toMatch(/sandbox|localhost/);
});

test.each(['sandbox', 'production'] as const)('%s: the policy names Whop, bare host included, and no pixel', (name) => {
  const { csp } = whopHosts(name, 4100);
  expect(csp.frame).toEqual(['https://whop.com', 'https://*.whop.com', 'https://*.elements.whop.com']);
  expect(csp.script).toContain('https://apollo.elements.whop.com');
  expect(csp.connect).toContain('wss://*.whop.com');
  expect(hostsIn(csp).every((host) => host === 'whop.com' || host.endsWith('.whop.com'))).toBe(true);
});
