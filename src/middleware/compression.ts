import compression from 'compression';
import type { RequestHandler } from 'express';
import { constants } from 'node:zlib';

/** Brotli at a level that costs less than it saves on a slow line. Server-sent events send `no-transform` and pass. */
export const setUpCompression = (): RequestHandler =>
  compression({ threshold: 600, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });
