import { Unavailable } from '../errors.ts';
import { signedHeaders, type S3Credentials } from './signature-v4.ts';
import { CHUNK_BYTES, type Storage } from './storage.ts';

/** Where the bucket is, as STORAGE_URL says it. */
export interface S3Settings extends S3Credentials {
  /** The bucket's address, with a slash at its end. */
  bucket: URL;
}

/** The least that S3 takes as a part that is not the last. */
const PART_BYTES = 20 * CHUNK_BYTES;
const PATIENCE = 60_000;
const TRIES = 3;

/** `s3://KEY:SECRET@HOST/BUCKET?region=REGION`; `s3+http://` without TLS. Null when it cannot be read so. */
export function parseS3Url(text: string): S3Settings | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const path = url.pathname.replace(/^\/+|\/+$/g, '');
  const scheme = { 's3:': 'https', 's3+http:': 'http' }[url.protocol];
  if (!scheme || !url.host || !path || !url.username || !url.password) return null;
  return {
    bucket: new URL(`${scheme}://${url.host}/${path}/`),
    accessKey: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
  };
}

interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  id: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
}

/** A bucket of an S3-compatible store; one object per attachment, named by its id. */
export function s3Storage(settings: S3Settings): Storage {
  const call = caller(settings);

  async function writeInParts(id: string, parts: AsyncIterable<Buffer<ArrayBuffer>>): Promise<void> {
    const begun = await (await call({ method: 'POST', id, query: { uploads: '' } })).text();
    const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(begun)?.[1];
    if (!uploadId) throw new Unavailable('The file store began no upload');
    try {
      const tags: string[] = [];
      for await (const body of parts) {
        const query = { partNumber: String(tags.length + 1), uploadId };
        const kept = await call({ method: 'PUT', id, query, body });
        tags.push(kept.headers.get('etag') ?? '');
        await kept.arrayBuffer();
      }
      const list = tags.map((tag, n) => `<Part><PartNumber>${n + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('');
      const body = Buffer.from(`<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`);
      const ended = await (await call({ method: 'POST', id, query: { uploadId }, body })).text();
      // A failure here comes with status 200.
      if (ended.includes('<Error>')) throw new Unavailable('The file store did not put the parts together');
    } catch (error) {
      await call({ method: 'DELETE', id, query: { uploadId } }).catch(() => {});
      throw error;
    }
  }

  return {
    name: 's3',

    async write(_transact, id, chunks) {
      const parts = inParts(chunks);
      const first = await parts.next();
      if (first.done) return;
      if (first.value.length < PART_BYTES) {
        await (await call({ method: 'PUT', id, body: first.value })).arrayBuffer();
        // The chunks were read to their end: the generator says so only when asked again.
        await parts.next();
        return;
      }
      await writeInParts(id, withFirst(first.value, parts));
    },

    async *read(_transact, id, { start, end }) {
      const response = await call({ method: 'GET', id, headers: { range: `bytes=${start}-${end}` } });
      if (response.status !== 206 && start !== 0) throw new Unavailable('The file store sends no ranges');
      for await (const piece of response.body ?? []) yield Buffer.from(piece);
    },

    async remove(ids) {
      for (const id of ids) await (await call({ method: 'DELETE', id })).arrayBuffer();
    },
  };
}

/** Pieces as large as a part has to be; the last one is what is left. */
async function* inParts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer<ArrayBuffer>> {
  let waiting: Buffer[] = [];
  for await (const chunk of chunks) {
    waiting.push(chunk);
    if (waiting.length < PART_BYTES / CHUNK_BYTES) continue;
    const part = Buffer.concat(waiting);
    waiting = [];
    yield part;
  }
  if (waiting.length > 0) yield Buffer.concat(waiting);
}

async function* withFirst<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** Sends a signed request; what fails for the moment is tried again. @throws Unavailable */
function caller({ bucket, ...credentials }: S3Settings) {
  return async ({ method, id, query = {}, headers, body }: Call): Promise<Response> => {
    const url = new URL(id, bucket);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    for (let attempt = 1; ; attempt += 1) {
      const signed = signedHeaders({ method, url, headers, body }, credentials, new Date());
      const answer = await fetch(url, {
        method,
        headers: signed,
        body,
        ...(method !== 'GET' && { signal: AbortSignal.timeout(PATIENCE) }),
      }).catch((error: unknown) => error as Error);
      if (answer instanceof Response && answer.ok) return answer;
      const reason =
        answer instanceof Response ? `${answer.status} ${(await answer.text()).slice(0, 200)}` : answer.message;
      if (method === 'DELETE' && answer instanceof Response && answer.status === 404) return new Response();
      const passing = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429;
      if (!passing || attempt === TRIES) throw new Unavailable(`The file store refused ${method}: ${reason}`);
    }
  };
}
