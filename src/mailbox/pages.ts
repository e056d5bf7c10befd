import type { Message } from './messages.ts';

export const STYLES = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.25rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
li a { display: block; padding: .75rem 0; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
li a:hover strong, li a:focus strong { text-decoration: underline; }
small { opacity: .75; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { opacity: .75; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { width: 100%; height: 36rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); background: #fff; }
`;

export function listPage(messages: Message[]): string {
  const items = messages.map(
    ({ id, to, subject, receivedAt }) =>
      `<li><a href="/messages/${id}"><strong>${escape(subject)}</strong><br><small>to ${escape(to.join(', '))} · ${time(receivedAt)}</small></a></li>`,
  );
  const list =
    items.length > 0 ? `<ol>${items.join('')}</ol>` : '<p>No mail yet. Whatever GigFlow sends arrives here.</p>';
  return page('Mailbox', `<h1>Mailbox</h1>${list}`);
}

export function messagePage({ id, from, to, subject, receivedAt, text, html }: Message): string {
  const frame = `<h2>As HTML</h2><iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${id}/html"></iframe>`;
  return page(
    subject,
    `<p><a href="/">All mail</a></p>
<h1>${escape(subject)}</h1>
<dl><dt>From</dt><dd>${escape(from)}</dd><dt>To</dt><dd>${escape(to.join(', '))}</dd><dt>Received</dt><dd>${time(receivedAt)}</dd></dl>
<pre>${linked(text)}</pre>
${html === null ? '' : frame}`,
  );
}

export function notFoundPage(): string {
  return page('Not here', '<h1>There is no such mail</h1><p><a href="/">All mail</a></p>');
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/mailbox.css"></head>
<body>${body}</body>
</html>`;
}

function time(iso: string): string {
  return `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 ? `<a href="${escape(part)}">${escape(part)}</a>` : escape(part)))
    .join('');
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
