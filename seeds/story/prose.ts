/** Joins wrapped lines to paragraphs, keeps blank lines and list lines ("- "): long texts stay readable in the source. */
export function prose(strings: TemplateStringsArray): string {
  const paragraphs: string[] = [];
  for (const block of strings
    .join('')
    .trim()
    .split(/\n\s*\n/)) {
    const lines: string[] = [];
    for (const line of block.split('\n').map((text) => text.trim())) {
      if (line.startsWith('- ') || lines.length === 0) lines.push(line);
      else lines.push(`${lines.pop()} ${line}`);
    }
    paragraphs.push(lines.join('\n'));
  }
  return paragraphs.join('\n\n');
}
