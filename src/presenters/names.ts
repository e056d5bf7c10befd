/** Two letters for an avatar: first and last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}

/** The first word, for "Write to Noor". */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
