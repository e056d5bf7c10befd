import { fileTypeFromBuffer } from 'file-type';

const UNKNOWN = 'application/octet-stream';
/** What a browser could run or lay out as a page of ours. */
const ACTIVE = /^(text\/.*|application\/(xml|.*javascript|ecmascript|wasm|x-shockwave-flash|xslt|.*mhtml)|.*\+xml)$/;

/**
 * What a file is by its first bytes; the browser's word and the name's ending are not believed (original defect 61).
 * Whatever is unknown, or could run in a page, is plain bytes.
 */
export async function sniffContentType(head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return !found || ACTIVE.test(found.mime) ? UNKNOWN : found.mime;
}
