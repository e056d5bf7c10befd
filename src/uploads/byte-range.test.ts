import { expect, test } from 'vitest';
import { parseByteRange } from './byte-range.ts';

test.each([
  ['bytes=0-99', { start: 0, end: 99 }],
  ['bytes=0-', { start: 0, end: 999 }],
  ['bytes=990-', { start: 990, end: 999 }],
  ['bytes=990-5000', { start: 990, end: 999 }],
  ['bytes=999-999', { start: 999, end: 999 }],
  ['bytes=-10', { start: 990, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
  ['BYTES=1-2', { start: 1, end: 2 }],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=1000-2000', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  [undefined, null],
  ['', null],
  ['bytes=-', null],
  ['bytes=5-2', null],
  ['bytes=0-1,5-6', null],
  ['pages=1-2', null],
  ['bytes=a-b', null],
  ['bytes=99999999999999999999-', null],
])('%s of 1000 bytes', (header, range) => {
  expect(parseByteRange(header, 1000)).toEqual(range);
});
