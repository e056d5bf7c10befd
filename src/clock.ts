let frozen: Date | null = null;

/** The time that GigFlow lives in. Tests and operators' drills may set it; everybody else reads it. */
export const clock = {
  now: (): Date => (frozen ? new Date(frozen) : new Date()),
  /** Stops the clock at `at` (null lets it run again). SQL sees the same time through app_now(). */
  set(at: Date | null): void {
    frozen = at;
  },
  get frozenAt(): Date | null {
    return frozen;
  },
};
