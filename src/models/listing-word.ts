import type { Transaction } from '../database.ts';

const AT_MOST = 8;

/**
 * Puts right what looks like a typing mistake: each word that no title or tag has gives way to the one that is most like it.
 * @returns the text with those words replaced, or null when there is nothing to put right
 */
export async function correctWords(trx: Transaction, text: string): Promise<string | null> {
  const words = [...new Set(text.match(/[\p{L}\p{N}]{3,40}/gu) ?? [])].slice(0, AT_MOST);
  if (words.length === 0) return null;
  const { rows } = await trx.raw<{ rows: { word: string; better: string }[] }>(
    `select given.word, likely.word as better
     from unnest(cast(:words as text[])) given (word)
       cross join lateral (select lower(unaccent(given.word)) as plain) p
       cross join lateral (
         select w.word from listing_words w where w.word % p.plain
         order by similarity(w.word, p.plain) desc, w.word limit 1) likely
     where likely.word <> p.plain`,
    { words },
  );
  if (rows.length === 0) return null;
  const better = new Map(rows.map((row) => [row.word, row.better]));
  return text.replace(/[\p{L}\p{N}]{3,40}/gu, (word) => better.get(word) ?? word);
}
