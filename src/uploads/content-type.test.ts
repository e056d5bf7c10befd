import { expect, test } from 'vitest';
import { sniffContentType } from './content-type.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const bytes = 'application/octet-stream';

test.each([
  ['a PNG picture', png, 'image/png'],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'application/pdf'],
  ['a ZIP archive', Buffer.from('504b0304140000000000', 'hex'), 'application/zip'],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), bytes],
  [
    'a drawing with a script',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    bytes,
  ],
  ['XML', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), bytes],
  ['a script', Buffer.from('alert(1)'), bytes],
  ['one byte', Buffer.from('x'), bytes],
])('defect 61: %s is known by its bytes', async (_name, head, type) => {
  expect(await sniffContentType(head)).toBe(type);
});
