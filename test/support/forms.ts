import * as cheerio from 'cheerio';
import type { Response } from 'supertest';
import type { Client } from './client.ts';

export const JUNK = [
  '\uD800',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '-1',
  'x'.repeat(6_000),
  '\u202Eevil',
  '//evil.test',
];

/** `well`: what is empty is filled as somebody might who means it. */
export type Fill = 'junk' | 'junk everywhere' | 'as it stands' | 'well';

export interface Filled {
  method: 'GET' | 'POST';
  action: string;
  multipart: boolean;
  fields: [name: string, value: string][];
  names: string;
  /** Whether there was anything to put junk into. */
  spoilt: boolean;
}

/** The fields of a form as a browser would send them, with junk in those that a person writes, or in all but the token. */
export function fillIn(
  shown: cheerio.CheerioAPI,
  form: Parameters<cheerio.CheerioAPI>[0],
  fill: Fill,
  on: string,
): Filled {
  const it = shown(form as never);
  const button = it.find('button[name], button[formaction]').first();
  const method = (it.attr('method') ?? 'get').toUpperCase() as Filled['method'];
  const action = new URL(button.attr('formaction') ?? it.attr('action') ?? on, `http://x${on}`);
  const fields: Filled['fields'] = [];
  let spoilt = false;
  const id = it.attr('id');
  const controls = id
    ? shown(`input[form="${id}"], select[form="${id}"], textarea[form="${id}"]`).add(it.find('input, select, textarea'))
    : it.find('input, select, textarea');
  controls.each((index, node) => {
    const control = shown(node);
    const name = control.attr('name');
    const type = control.attr('type') ?? '';
    if (!name || control.is('[disabled]') || ['file', 'submit'].includes(type)) return;
    if (['checkbox', 'radio'].includes(type) && !control.is('[checked]') && fill === 'as it stands') return;
    const own = String(
      control.is('select')
        ? (control.find('option[selected]').attr('value') ?? control.find('option').first().attr('value') ?? '')
        : control.is('textarea')
          ? control.text()
          : (control.attr('value') ?? 'on'),
    );
    const written = type !== 'hidden' && !control.is('select') && !['checkbox', 'radio'].includes(type);
    const spoil = name !== '_csrf' && (fill === 'junk everywhere' || (fill === 'junk' && written));
    spoilt ||= spoil;
    const meant = fill === 'well' && written && !own ? plausible(type, name) : own;
    fields.push([name, spoil ? JUNK[(index + name.length) % JUNK.length]! : meant]);
  });
  if (button.attr('name')) fields.push([button.attr('name')!, button.attr('value') ?? '']);
  return {
    method,
    action: action.pathname + action.search,
    multipart: it.attr('enctype') === 'multipart/form-data',
    fields,
    names: fields.map(([name]) => name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')).join(),
    spoilt,
  };
}

const plausible = (type: string, name: string): string =>
  type === 'number' || /price|amount|days|refund|quantity/.test(name)
    ? '7'
    : type === 'email'
      ? 'somebody@gigflow.test'
      : 'A menu of four pages, to be printed on both sides, with the prices of the week.';

/** Each from a network of its own: what the limits do is another test's. */
export async function submit(
  client: Client,
  { method, action, multipart, fields }: Filled,
  index: number,
): Promise<Response> {
  const from = { 'X-Forwarded-For': `10.77.${(index >> 8) & 255}.${index & 255}` };
  const pairs = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
  if (method === 'GET') return client.get(`${action.split('?')[0]}?${pairs.toString()}`, from);
  const request = client.raw.post(action).set(from);
  if (!multipart) return request.type('form').send(pairs.toString());
  const [token, ...others] = [...pairs].sort(([name]) => (name === '_csrf' ? -1 : 1));
  for (const [name, value] of [token!, ...others]) void request.field(name, value);
  return request;
}
