import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import { newSecret } from '../ids.ts';
import { type Html, html } from '../pages/html.ts';
import { hidden, notice, sendPage } from '../pages/layout.ts';
import type { User } from '../records.ts';
import { SCOPES } from './scopes.ts';

const CODE_LIFETIME_MS = 60_000;

const request = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string().optional(),
  scope: z.string().default('openid'),
  state: z.string().optional(),
  nonce: z.string().min(1).optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});
type AuthorizationRequest = z.infer<typeof request>;

/** The browser's half of signing in: choose who you are, say yes or no (contract 1.1). */
export function authorize(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.get('/oauth/authorize', (req, res) => {
    const asked = check(res, req.query);
    if (asked) sendPage(res, { title: 'Sign in', body: page(asked), formTargets: [asked.redirect_uri] });
  });

  router.post('/oauth/authorize', (req, res) => {
    const asked = check(res, req.body);
    if (!asked) return;
    const { persona, decision } = req.body as Record<string, string>;
    if (decision === 'deny') return refuse(res, asked, 'access_denied', 'The user denied the request');
    const user = [...store.users.values()].find(({ id, username }) => id === persona || username === persona);
    if (!user) return refuse(res, asked, 'access_denied', 'No such user');

    const code = newSecret('code');
    store.codes.set(code, {
      code,
      userId: user.id,
      redirectUri: asked.redirect_uri,
      scope: asked.scope,
      nonce: asked.nonce ?? null,
      challenge: asked.code_challenge!,
      used: false,
      expiresAt: new Date(Date.now() + CODE_LIFETIME_MS).toISOString(),
    });
    back(res, asked, { code });
  });

  /** A bad client or address is shown here; everything else goes back to the client, which can be trusted by then. */
  function check(res: Response, input: Request['query'] | Request['body']): AuthorizationRequest | null {
    const parsed = request.safeParse(input);
    const asked = parsed.data;
    const known = asked?.client_id === EMULATOR_CREDENTIALS.oauthClientId;
    if (!asked || !known) return stop(res, 'Unknown client_id.');
    if (!store.registration?.redirectUris.includes(asked.redirect_uri)) {
      return stop(res, `redirect_uri ${asked.redirect_uri} is not registered.`);
    }
    const wrong = whatIsWrong(asked);
    if (!wrong) return asked;
    refuse(res, asked, ...wrong);
    return null;
  }

  function stop(res: Response, message: string): null {
    const body = html`<div class="card">
      <h1>This sign-in cannot start</h1>
      ${notice('bad', message)}
    </div>`;
    sendPage(res, { title: 'Sign in', body }, 400);
    return null;
  }

  function page(asked: AuthorizationRequest): Html {
    const people = [...store.users.values()].filter((user) => user.persona);
    const fields = hidden({ ...asked });
    return html`<div class="card">
      <h1>Continue to GigFlow as</h1>
      <p class="muted">GigFlow asks for: ${asked.scope}</p>
      <ul class="people">
        ${people.map((user) => personaRow(user, fields))}
      </ul>
      <form method="post" action="/oauth/authorize">
        ${fields}
        <p><button class="plain" name="decision" value="deny">Do not sign in</button></p>
      </form>
    </div>`;
  }

  return router;
}

const personaRow = (user: User, fields: Html[]): Html =>
  html`<li>
    <span
      >${user.name ?? user.username}<small
        >${user.email ?? 'no e-mail'}${user.email && !user.emailVerified ? ' (not verified)' : ''}</small
      ></span
    >
    <form method="post" action="/oauth/authorize">
      ${fields}<input type="hidden" name="persona" value="${user.id}" />
      <button name="decision" value="approve" aria-label="Continue as ${user.name ?? user.username}">Continue</button>
    </form>
  </li>`;

type Problem = [code: string, description: string];

function whatIsWrong(asked: AuthorizationRequest): Problem | null {
  if (asked.response_type !== 'code') return ['unsupported_response_type', 'response_type must be code'];
  const scopes = asked.scope.split(' ').filter(Boolean);
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope));
  if (unknown.length > 0) return ['invalid_scope', `Unknown scope: ${unknown.join(' ')}`];
  if (!asked.code_challenge || asked.code_challenge_method !== 'S256') {
    return ['invalid_request', 'code_challenge with method S256 is required'];
  }
  if (scopes.includes('openid') && !asked.nonce) return ['invalid_request', 'nonce is required with the openid scope'];
  return null;
}

const refuse = (res: Response, asked: AuthorizationRequest, error: string, description: string): void =>
  back(res, asked, { error, error_description: description });

function back(res: Response, asked: AuthorizationRequest, parameters: Record<string, string>): void {
  const url = new URL(asked.redirect_uri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (asked.state) url.searchParams.set('state', asked.state);
  res.redirect(303, url.href);
}
