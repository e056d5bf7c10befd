import { once } from 'node:events';
import { request as httpRequest, type ClientRequest } from 'node:http';
import type { Response } from 'supertest';
import type { Transaction } from '../../src/database.ts';
import type { TestApp } from './app.ts';
import type { Client } from './client.ts';
import { asSystem } from './orders.ts';

export interface TestFile {
  field?: string;
  name: string;
  bytes: Buffer | string;
  type?: string;
}

type Fields = [string, string][];

/** Posts a form with files as a browser does: the token first, then the fields, then the files. */
export function postFiles(
  client: Client,
  path: string,
  fields: Record<string, string>,
  files: TestFile[],
  headers: Record<string, string> = {},
): Promise<Response> {
  const sending = client.raw
    .post(path)
    .set(headers)
    .field('_csrf', client.csrf ?? '');
  for (const [name, value] of Object.entries(fields)) void sending.field(name, value);
  for (const { field = 'files', name, bytes, type } of files) {
    void sending.attach(field, Buffer.from(bytes as string), { filename: name, ...(type && { contentType: type }) });
  }
  return sending as unknown as Promise<Response>;
}

export const BOUNDARY = 'gigflow-test-boundary';

export const fieldPart = (name: string, value: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

export const fileHead = (field: string, name: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;

export const END = `\r\n--${BOUNDARY}--\r\n`;

/** A request whose body the test writes piece by piece. */
export function openUpload(
  app: TestApp,
  client: Client,
  path: string,
  headers: Record<string, string> = {},
): ClientRequest {
  const { hostname, port } = new URL(app.url);
  const request = httpRequest({
    hostname,
    port,
    path,
    method: 'POST',
    headers: { Cookie: cookiesOf(client), 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
  });
  request.on('error', () => {});
  return request;
}

export const openFields = (fields: Fields): string => fields.map(([name, value]) => fieldPart(name, value)).join('');

export async function answerOf(request: ClientRequest): Promise<{ status: number; text: string }> {
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  let text = '';
  response.setEncoding('utf8');
  for await (const piece of response) text += piece;
  return { status: response.statusCode!, text };
}

export const cookiesOf = (client: Client): string =>
  (client.raw as unknown as { jar: { getCookies(access: object): { toValueString(): string }[] } }).jar
    .getCookies({ domain: 'localhost', path: '/', secure: false, script: false, includes: undefined })
    .map((cookie) => cookie.toValueString())
    .join('; ');

export interface StoredFile {
  id: string;
  name: string;
  content_type: string;
  byte_size: number;
  sha256: string | null;
  draft: boolean;
  finalised_at: Date | null;
  delivery_id: string | null;
  message_id: string | null;
  requirement_id: string | null;
}

/** Every row of the files of an order or an enquiry, unfinished ones too. */
export const filesOf = (app: TestApp, threadId: string): Promise<StoredFile[]> =>
  asSystem(app, (trx) => ofThread(trx, threadId).orderBy('created_at').orderBy('name').select());

export const chunkCount = (app: TestApp, threadId: string): Promise<number> =>
  asSystem(app, async (trx) => {
    const [row] = await trx('attachment_chunks')
      .whereIn('attachment_id', ofThread(trx, threadId).select('id'))
      .count({ n: '*' });
    return Number(row?.n ?? 0);
  });

const ofThread = (trx: Transaction, id: string) =>
  trx('attachments').where((its) => void its.where({ order_id: id }).orWhere({ conversation_id: id }));
