/** Text fit for XML: markup and quotes as numbers, what XML cannot hold at all left away. */
export const xml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[<>&'"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
