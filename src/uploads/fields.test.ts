import { expect, test } from 'vitest';
import { nestFields } from './fields.ts';

test('fields nest as in a form without files', () => {
  expect(
    nestFields([
      ['_csrf', 'a+b&c=d%'],
      ['answers[11111111-1111-4111-8111-111111111111]', 'Größe: A4\r\nund A5'],
      ['papers', 'matt'],
      ['papers', 'glossy'],
      ['remove_files[]', 'one'],
      ['__proto__[polluted]', 'yes'],
    ]),
  ).toEqual({
    _csrf: 'a+b&c=d%',
    answers: { '11111111-1111-4111-8111-111111111111': 'Größe: A4\r\nund A5' },
    papers: ['matt', 'glossy'],
    remove_files: ['one'],
  });
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});
