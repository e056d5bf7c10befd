export interface DiffPart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond this many comparisons a text counts as replaced: the table would cost more than it tells. */
const MOST_CELLS = 4_000_000;

/** What went and what came, word by word (longest common subsequence); neighbours of one kind are one part. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length * b.length > MOST_CELLS) return [...part('removed', before), ...part('added', after)];
  const common = commonLengths(a, b);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      append(parts, 'same', a[i++]!);
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      append(parts, 'removed', a[i++]!);
    } else {
      append(parts, 'added', b[j++]!);
    }
  }
  return parts;
}

/** Words and the white space between them, so that the text comes together again. */
const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

/** `[i][j]`: the length of the longest common subsequence of a from i and b from j. */
function commonLengths(a: string[], b: string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}

/** A gap between two changes of one kind belongs to them. */
function append(parts: DiffPart[], kind: DiffPart['kind'], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

const part = (kind: DiffPart['kind'], text: string): DiffPart[] => (text ? [{ kind, text }] : []);
