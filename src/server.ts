import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { setTimeouts } from './http-timeouts.ts';
import { startWorker } from './jobs/worker.ts';
import { closeServices, openServices } from './services.ts';
import { registerWithEmulator } from './whop/registration.ts';

const DRAIN = 25_000;

let handler: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' }).end('Starting');
};
const server = createServer((request, response) => handler(request, response));
setTimeouts(server);

async function start(): Promise<void> {
  loadConfig(process.env);
  const port = Number(process.env.PORT ?? 3000);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, process.env.HOST, resolve));
  const config = loadConfig(process.env, (server.address() as AddressInfo).port);
  const services = await openServices(config);
  const app = createApp(services);
  const worker = config.worker === 'inline' ? await startWorker(services) : null;
  await registerWithEmulator(config);
  handler = app.handler;
  services.logger.info({ url: config.appUrl }, 'GigFlow listens');

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN).unref();
    app.endStreams();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    await worker?.stop();
    await app.close();
    await closeServices(services);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  process.on('disconnect', () => void stop());
  process.send?.({ ready: true, url: config.appUrl });
}

start().catch((error: unknown) => {
  const { code, message } = error as { code?: string; message: string };
  console.error(
    code === 'EADDRINUSE' ? `Port ${process.env.PORT ?? 3000} is in use: choose another with PORT.` : message,
  );
  if (!(error instanceof ConfigError) && code !== 'EADDRINUSE') console.error(error);
  process.exit(1);
});
