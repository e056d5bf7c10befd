import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditWords } from './audit.ts';

const WRITES = /recordAudit|recordAlone|recordAct|audit_events/;
const KIND = /'((?:[a-z-]+\.[a-z][a-z_-]+)|sign-in|sign-out)'/g;
/** Nouns of the audit log; other dotted words in these files are columns of tables. */
const NOUNS =
  /^(?:account|sign-in|sign-out|email|whop|password|sessions|second-factor|user|role|order|gig|settings|seller|category|dispute|payment|refund|review|webhooks|conversation)(?:\.|$)/;
/** Columns, tables and news that are spelled alike. */
const OTHERS =
  /^(?:user|gig|order|seller|review|payment|refund|category|dispute)\.(?:id|status|created_at|refund_[a-z_]+)$/;

test('every kind of line that the code writes into the audit log has words', () => {
  const root = join(import.meta.dirname, '..');
  const kinds = new Set<string>();
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || /^(?:presenters|whop-emulator)/.test(name)) continue;
    const text = readFileSync(join(root, name), 'utf8');
    if (!WRITES.test(text)) continue;
    for (const [, kind] of text.matchAll(KIND)) if (NOUNS.test(kind!) && !OTHERS.test(kind!)) kinds.add(kind!);
  }
  expect(kinds.size).toBeGreaterThan(30);
  expect([...kinds].filter((kind) => auditWords(kind) === kind)).toEqual([]);
});
