/** 25 MB, as the database has it too. */
export const MOST_BYTES = 25 * 1024 * 1024;
export const MOST_FILES = 10;

/** For the hint at a field. */
export const LIMITS_HINT = `Up to ${MOST_FILES} files, each up to 25 MB.`;
