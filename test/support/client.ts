import * as cheerio from 'cheerio';
import { randomUUID } from 'node:crypto';
import supertest, { type Response } from 'supertest';
import type { TestApp } from './app.ts';

/** A browser without JavaScript: keeps cookies, finds the token in the page like a person's browser would. */
export class Client {
  readonly #agent: ReturnType<typeof supertest.agent>;
  #csrf: string | null = null;

  constructor(url: string) {
    this.#agent = supertest.agent(url);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.#agent.get(path).set(headers);
    this.#learn(response);
    return response;
  }

  /** Posts a form with this session's token; `body` may be nested, as the urlencoded parser reads it. */
  async post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> {
    if (!this.#csrf) await this.get('/login');
    if (!this.#csrf) await this.get('/account');
    const response = await this.#agent
      .post(path)
      .type('form')
      .set(headers)
      .send({ _csrf: this.#csrf, ...body });
    if (response.status === 303)
      this.#csrf = path === '/login' || path === '/signup' || path === '/logout' ? null : this.#csrf;
    this.#learn(response);
    return response;
  }

  async postJson(path: string, body: object = {}): Promise<Response> {
    if (!this.#csrf) await this.get('/logout');
    return this.#agent
      .post(path)
      .set('X-CSRF-Token', this.#csrf ?? '')
      .send(body);
  }

  /** The request without anything added: for attacks. */
  get raw(): ReturnType<typeof supertest.agent> {
    return this.#agent;
  }

  get csrf(): string | null {
    return this.#csrf;
  }

  #learn(response: Response): void {
    if (!response.type.includes('html')) return;
    const token = cheerio.load(response.text)('input[name="_csrf"]').first().attr('value');
    if (token) this.#csrf = token;
  }
}

export const visit = (app: TestApp): Client => new Client(app.url);

/** The page as a test reads it. */
export const page = (response: Response): cheerio.CheerioAPI => cheerio.load(response.text);

/** Signs up through the form, as a person does. */
export async function signUp(
  app: TestApp,
  displayName: string,
  options: { intent?: 'hire' | 'sell'; email?: string } = {},
): Promise<Client> {
  const client = visit(app);
  await client.get('/signup');
  const email =
    options.email ?? `${displayName.toLowerCase().replace(/\W+/g, '-')}-${randomUUID().slice(0, 8)}@gigflow.test`;
  const response = await client.post('/signup', {
    display_name: displayName,
    email,
    password: 'correct horse battery',
    intent: options.intent ?? 'hire',
  });
  if (response.status !== 303) throw new Error(`sign-up answered ${response.status}: ${response.text.slice(0, 300)}`);
  await client.get('/logout');
  return client;
}
