import { expect, test } from 'vitest';
import { cleanFileName } from './file-name.ts';

test.each([
  ['menu.pdf', 'menu.pdf'],
  ['Menü für Ada.pdf', 'Menü für Ada.pdf'],
  ['Menu\u0308.pdf', 'Menü.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\menu.pdf', 'menu.pdf'],
  ['a/b\\c.txt', 'c.txt'],
  ['menu\r\nX-Evil: 1.pdf', 'menuX-Evil: 1.pdf'],
  ['nul\u0000l.pdf', 'null.pdf'],
  ['menu\u202efdp.exe', 'menufdp.exe'],
  ['.htaccess', 'htaccess'],
  ['  many   spaces  .pdf. ', 'many spaces .pdf'],
  ['..', 'file'],
  ['uploads/', 'file'],
  ['', 'file'],
])('%j is kept as %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept);
});

test('a long name keeps its ending and whole characters', () => {
  expect(cleanFileName(`${'a'.repeat(300)}.pdf`)).toBe(`${'a'.repeat(196)}.pdf`);
  const smiling = cleanFileName(`${'😀'.repeat(300)}.tar.gz`);
  expect([[...smiling].length, smiling.endsWith('😀.gz')]).toEqual([200, true]);
  expect([...cleanFileName('x'.repeat(5_000))].length).toBe(200);
});
