import { type Html, html } from '../pages/html.ts';

export const section = (title: string, content: Html): Html =>
  html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;

export const table = (titles: string[], rows: (Html | string)[][]): Html =>
  rows.length === 0
    ? html`<p class="muted">None yet.</p>`
    : html`<div class="scroll">
        <table>
          <thead>
            <tr>
              ${titles.map((title) => html`<th scope="col">${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (cells) =>
                html`<tr>
                  ${cells.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;

/** A form with one button that does one control call. */
export const act = (path: string, label: string, fields: Html | null = null): Html =>
  html`<form method="post" action="/dashboard/${path}">${fields}<button class="plain">${label}</button></form>`;

export const choose = (path: string, name: string, values: string[], label: string): Html =>
  act(
    path,
    label,
    html`<select name="${name}" aria-label="${label}">
      ${values.map((value) => html`<option value="${value}">${value.replaceAll('_', ' ')}</option>`)}
    </select>`,
  );

export const time = (iso: string): Html => html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
