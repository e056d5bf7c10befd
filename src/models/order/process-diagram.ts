import { ORDER_PROCESS, ORDER_STATUSES, type OrderActor, type OrderStatus } from './order-process.ts';

interface Rule {
  from: readonly OrderStatus[];
  to: OrderStatus | 'resume';
  by: readonly OrderActor[];
}

const rules = Object.entries<Rule>(ORDER_PROCESS);
const who = (by: readonly OrderActor[]): string => (by.length ? by.join(', ') : 'admin');
const spaced = (name: string): string => name.replaceAll('_', ' ');

/** The states and transitions as a Mermaid diagram; an interruption leads back to where it began. */
function diagram(): string {
  const arrows = rules.flatMap(([name, { from, to, by }]) =>
    from.map((state) => `  ${state} --> ${to === 'resume' ? 'resume' : to}: ${spaced(name)} (${who(by)})`),
  );
  return [
    'stateDiagram-v2',
    '  state "back to where it stood" as resume',
    '  [*] --> awaiting_requirements: paid, questions asked',
    '  [*] --> in_progress: paid, nothing asked',
    ...arrows,
    '  cancelled --> [*]',
    '  refunded --> [*]',
  ].join('\n');
}

const table = (): string =>
  [
    '| transition | from | to | by |',
    '|---|---|---|---|',
    ...rules.map(
      ([name, { from, to, by }]) =>
        `| ${name} | ${from.join(', ')} | ${to === 'resume' ? 'where it stood' : to} | ${who(by)} |`,
    ),
  ].join('\n');

/** docs/orders.md: drawn from the data, and proved up to date by a test (`npx vitest run src/models/order/process-diagram.test.ts -u` writes it anew). */
export const processDocument = (): string => `# How an order runs

Drawn from \`src/models/order/order-process.ts\` by \`src/models/order/process-diagram.ts\`; the database holds the same rows in
\`order_transition_rules\`. ${ORDER_STATUSES.length} states. An admin may do each transition as well, unless he is a side of the order.
What must hold besides state and actor stands in \`order_transition_guard()\`; money goes back by \`src/models/order/endings.ts\`; what the
clock does by itself is \`src/jobs/order-deadlines.ts\`.

\`\`\`mermaid
${diagram()}
\`\`\`

${table()}

A party's request to cancel, for more time or for a part refund is a row of \`proposals\`: one open per order and kind, answered by the
other side, withdrawn by its maker, lapsed after 72 hours (a weekend of whoever must answer moves the end to Monday noon).

What waits for somebody is told again before it is too late: the view \`order_reminders\` says what, to whom and when; \`src/jobs/reminders.ts\`
sends each once, and triggers withdraw it when the order moves on. What happened stands in the history, and as a line between the messages
(\`src/presenters/order/thread.ts\`). Answers can be changed and files added until the first delivery; a file that was sent stays: it is evidence.
`;
