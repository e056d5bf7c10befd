import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signedHeaders } from '../../src/storage/signature-v4.ts';

const credentials = { accessKey: 'test-key', secret: 'test/secret+with=signs', region: 'eu-central-1' };
const LEAST_PART = 5 * 1024 * 1024;

export interface S3Server {
  /** For STORAGE_URL. */
  url: string;
  objects: Map<string, Buffer>;
  /** Multipart uploads that were begun and neither completed nor given up. */
  uploads: Map<string, Map<number, Buffer>>;
  requests: string[];
  /** Answers the next requests with 503. */
  failNext(times: number): void;
  stop(): Promise<void>;
}

/** As much of S3 as the application uses: one bucket in memory, signatures checked, small parts refused. */
export async function startS3Server(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const uploads: S3Server['uploads'] = new Map();
  const requests: string[] = [];
  let failures = 0;

  function answer(
    request: IncomingMessage,
    body: Buffer,
  ): { status: number; body?: string | Buffer; headers?: Record<string, string> } {
    const url = new URL(request.url!, `http://${request.headers.host}`);
    requests.push(`${request.method} ${[...url.searchParams.keys()].join(',')}`.trim());
    if (!isSigned(request, url, body))
      return { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
    if (failures > 0) return (void (failures -= 1), { status: 503, body: '<Error><Code>SlowDown</Code></Error>' });
    const key = url.pathname.replace('/files/', '');
    const uploadId = url.searchParams.get('uploadId');
    const parts = uploadId ? uploads.get(uploadId) : undefined;
    if (uploadId && !parts) return { status: 404, body: '<Error><Code>NoSuchUpload</Code></Error>' };
    switch (request.method) {
      case 'PUT':
        if (!parts) objects.set(key, body);
        else parts.set(Number(url.searchParams.get('partNumber')), body);
        return { status: 200, headers: { etag: etagOf(body) } };
      case 'POST': {
        if (!parts) {
          uploads.set(`upload-of-${key}`, new Map());
          return {
            status: 200,
            body: `<InitiateMultipartUploadResult><UploadId>upload-of-${key}</UploadId></InitiateMultipartUploadResult>`,
          };
        }
        const listed = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag>/g)];
        const pieces = listed.map(([, number, tag]) => ({ bytes: parts.get(Number(number)), tag }));
        const wrong = pieces.some(
          ({ bytes, tag }, n) =>
            !bytes || etagOf(bytes) !== tag || (n < pieces.length - 1 && bytes.length < LEAST_PART),
        );
        if (wrong) return { status: 200, body: '<Error><Code>InvalidPart</Code></Error>' };
        objects.set(key, Buffer.concat(pieces.map(({ bytes }) => bytes!)));
        uploads.delete(uploadId!);
        return { status: 200, body: '<CompleteMultipartUploadResult/>' };
      }
      case 'DELETE':
        if (parts) uploads.delete(uploadId!);
        else objects.delete(key);
        return { status: 204 };
      default: {
        const found = objects.get(key);
        if (!found) return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
        return from
          ? { status: 206, body: found.subarray(Number(from), Number(to) + 1) }
          : { status: 200, body: found };
      }
    }
  }

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { status, headers, body } = answer(request, Buffer.concat(pieces));
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const [key, secret] = [credentials.accessKey, credentials.secret].map(encodeURIComponent);
  return {
    url: `s3+http://${key}:${secret}@127.0.0.1:${port}/files?region=${credentials.region}`,
    objects,
    uploads,
    requests,
    failNext: (times) => (failures = times),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** Signs what arrived afresh and compares; signature-v4.test.ts holds the signature against Amazon's own examples. */
function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const time = String(request.headers['x-amz-date']).replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  const { range } = request.headers;
  const headers: Record<string, string> = range ? { range } : {};
  const method = request.method!;
  return (
    signedHeaders({ method, url, headers, body }, credentials, new Date(time)).authorization ===
    request.headers.authorization
  );
}
