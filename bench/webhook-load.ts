import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';

export interface LoadResult {
  sent: number;
  accepted: number;
  stored: number;
  doubled: number;
  perSecond: number;
  /** Milliseconds until Whop had its answer. */
  p50: number;
  p99: number;
  slowest: number;
  /** Seconds from the last letter until the inbox was empty. */
  drainSeconds: number;
  left: number;
}

export interface Target {
  url: string;
  databaseUrl: string;
  secret: string;
  /** Payments that exist: every letter names one of them, and makes the application read it again. */
  payments: { id: string; accountId: string }[];
  perSecond: number;
  seconds: number;
}

const TICK = 20;

/** Sends signed webhooks at a steady pace, whatever the answers, then waits for the inbox to be empty (issue: 500 a second for 20 s). */
export async function loadWebhooks(target: Target): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const signer = new Webhook(Buffer.from(target.secret).toString('base64'));
  const took: number[] = [];
  let accepted = 0;
  let sent = 0;
  const pending = new Set<Promise<void>>();
  const run = randomUUID().slice(0, 8);
  const total = target.perSecond * target.seconds;
  const start = performance.now();

  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * target.perSecond) + 1);
    while (sent < due) {
      const one = send(`msg_load_${run}_${sent}`, target.payments[sent % target.payments.length]!).finally(() =>
        pending.delete(one),
      );
      pending.add(one);
      sent += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }
  const elapsed = (performance.now() - start) / 1_000;
  await Promise.all(pending);
  agent.destroy();

  const client = new pg.Client(target.databaseUrl);
  await client.connect();
  await client.query(`set app.actor_role = 'system'`);
  const like = `msg_load_${run}_%`;
  const counted = async (sql: string) => Number((await client.query<{ n: string }>(sql, [like])).rows[0]!.n);
  const ended = performance.now();
  const left = () =>
    counted(`select count(*) as n from webhook_events where id like $1 and status not in ('handled', 'ignored')`);
  while ((await left()) > 0 && performance.now() - ended < 300_000)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const result = {
    sent,
    accepted,
    stored: await counted('select count(*) as n from webhook_events where id like $1'),
    doubled: await counted('select count(*) as n from webhook_events where id like $1 and deliveries > 1'),
    perSecond: Math.round(sent / elapsed),
    ...percentiles(took),
    drainSeconds: Math.round((performance.now() - ended) / 100) / 10,
    left: await left(),
  };
  await client.end();
  return result;

  async function send(id: string, payment: Target['payments'][number]): Promise<void> {
    const at = new Date();
    const body = JSON.stringify({
      id,
      type: 'payment.succeeded',
      api_version: 'v1',
      timestamp: at.toISOString(),
      company_id: payment.accountId,
      data: { id: payment.id },
    });
    const began = performance.now();
    const request = httpRequest(`${target.url}/api/webhooks/whop`, {
      method: 'POST',
      agent,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': signer.sign(id, at, body),
      },
    });
    request.end(body);
    try {
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      if (response.statusCode === 200) accepted += 1;
    } catch {
      // Not accepted: it counts as lost.
    }
    took.push(performance.now() - began);
  }
}

function percentiles(took: number[]): { p50: number; p99: number; slowest: number } {
  const sorted = took.sort((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), slowest: at(1) };
}
