import path from 'node:path';
import express, { type RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';

const publicFolder = path.join(import.meta.dirname, '..', '..', 'public');

/** Fingerprinted and versioned files never change under their name; the rest is asked for again. */
export function setUpStaticFiles(): RequestHandler[] {
  const built = expressStaticGzip(path.join(publicFolder, 'build'), {
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    serveStatic: { immutable: true, maxAge: '1y', index: false, redirect: false },
  });
  return [
    (request, response, next) => {
      if (!request.url.startsWith('/build/')) return next();
      const url = request.url;
      request.url = url.slice('/build'.length);
      built(request, response, (error?: unknown) => {
        request.url = url;
        next(error);
      });
    },
    express.static(path.join(publicFolder, 'root'), { maxAge: '1d', index: false, redirect: false }),
  ];
}
