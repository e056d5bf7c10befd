import express from 'express';
import type { Messages } from './messages.ts';
import { listPage, messagePage, notFoundPage, STYLES } from './pages.ts';

/** A mail's HTML is a stranger's: no scripts, nothing from elsewhere, links open beside it. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
const PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** The mailbox in the browser, and as JSON at /messages.json?to=ADDRESS. */
export function mailboxApp(messages: Messages): express.Express {
  const app = express().disable('x-powered-by');

  app.use((_req, res, next) => {
    res.set({
      'Content-Security-Policy': PAGE_POLICY,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });

  app.get('/', (_req, res) => {
    res.send(listPage(messages.list()));
  });
  app.get('/mailbox.css', (_req, res) => {
    res.type('css').send(STYLES);
  });
  app.get('/messages.json', (req, res) => {
    res.json(messages.list(typeof req.query.to === 'string' ? req.query.to : undefined));
  });
  app.get('/messages/:id', (req, res, next) => {
    const message = messages.find(Number(req.params.id));
    if (!message) return next();
    res.send(messagePage(message));
  });
  app.get('/messages/:id/html', (req, res, next) => {
    const message = messages.find(Number(req.params.id));
    if (!message?.html) return next();
    res.set('Content-Security-Policy', MAIL_POLICY).send(`<base target="_blank">${message.html}`);
  });
  app.use((_req, res) => {
    res.status(404).send(notFoundPage());
  });
  return app;
}
