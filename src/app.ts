import express, { type Express } from 'express';
import { openLiveHub } from './live/hub.ts';
import { requestLog } from './logger.ts';
import { setUpCsrf } from './middleware/csrf.ts';
import { setUpCurrentUser } from './middleware/current-user.ts';
import { errorHandler, notFound } from './middleware/error-handler.ts';
import { pinHost } from './middleware/host.ts';
import { createRateLimits } from './middleware/rate-limits.ts';
import { setUpRequestParsing } from './middleware/request-parsing.ts';
import { setUpSecurityHeaders } from './middleware/security-headers.ts';
import { markSeen, setUpSession } from './middleware/session.ts';
import { setUpStaticFiles } from './middleware/static-files.ts';
import { setUpCompression } from './middleware/compression.ts';
import { setUpRendering } from './rendering.ts';
import { healthRoutes, pageRoutes } from './routes.ts';
import type { Services } from './services.ts';
import { webhookRoutes } from './controllers/webhooks-controller.ts';

export interface App {
  handler: Express;
  /** Ends the streams that would keep the server from closing; their pages go to another process. */
  endStreams(): void;
  close(): Promise<void>;
}

/** The application: what happens to a request, in order. */
export function createApp(services: Services): App {
  const app = express();
  app.disable('x-powered-by');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.set('trust proxy', 1);
  app.set('query parser', 'extended');
  app.set('etag', false);

  const limits = createRateLimits();
  const session = setUpSession(services.config, services.database);
  const live = openLiveHub(services.config.databaseUrl, services.logger);

  app.use(requestLog(services.logger));
  app.use(setUpSecurityHeaders(services.config));
  app.use(healthRoutes(services));
  app.use(pinHost(services.config));
  app.use(webhookRoutes(services, limits));
  app.use(setUpStaticFiles());
  app.use(setUpCompression());
  app.use(session.handler);
  app.use(markSeen);
  app.use(setUpCurrentUser(services));
  app.use(setUpRendering());
  app.use(setUpRequestParsing());
  app.use(setUpCsrf(services.config));
  app.use(pageRoutes(services, limits, live));
  app.use(notFound);
  app.use(errorHandler);

  const close = async () => void (await Promise.all([live.close(), session.close()]));
  return { handler: app, endStreams: live.endAll, close };
}
