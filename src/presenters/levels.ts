const LEVELS = ['New', 'Level 1', 'Level 2', 'Top'] as const;

/** `Level 1`, from 1. */
export const levelName = (level: number): string => LEVELS[level] ?? LEVELS[0];

/** `Noor Haddad, Level 1`; who is new has no level to show. */
export const nameWithLevel = (name: string, level: number): string =>
  level > 0 ? `${name}, ${levelName(level)}` : name;
