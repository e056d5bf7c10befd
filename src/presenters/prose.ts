export type ProseBlock = { kind: 'paragraph'; text: string } | { kind: 'list'; items: string[] };

const ITEM = /^\s*[-*•]\s+/;

/** Plain text as people type it: blank lines part paragraphs, lines that begin with a dash are a list. */
export function prose(text: string): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    let lines: string[] = [];
    let items: string[] = [];
    const flush = () => {
      if (lines.length) blocks.push({ kind: 'paragraph', text: lines.join('\n') });
      if (items.length) blocks.push({ kind: 'list', items });
      [lines, items] = [[], []];
    };
    for (const line of part.split('\n').filter((one) => one.trim())) {
      const isItem = ITEM.test(line);
      if (isItem ? lines.length : items.length) flush();
      if (isItem) items.push(line.replace(ITEM, '').trim());
      else lines.push(line.trim());
    }
    flush();
  }
  return blocks;
}

/** The beginning of a text in one line: whole sentences where they fill a third of `length` characters, else whole words. */
export function excerpt(text: string, length = 160): string {
  const line = text
    .replace(/^\s*[-*•]\s+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length + 1);
  const sentence = Math.max(...['. ', '! ', '? '].map((end) => cut.lastIndexOf(end)));
  if (sentence >= length / 3) return cut.slice(0, sentence + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2))} …`;
}
