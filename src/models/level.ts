/** What a seller did in the last 12 months. */
export interface Work {
  completed: number;
  stars: number;
  reviews: number;
  onTime: number;
  /** Orders whose delivery was due: delivered, or ended because nothing came. */
  due: number;
}

export interface LevelRule {
  level: 1 | 2 | 3;
  completed: number;
  /** Average stars, in tenths. */
  ratingTenths: number;
  onTimePercent: number;
}

/** All three conditions of a level must hold (product.md section 5). The highest first. */
export const LEVEL_RULES: readonly LevelRule[] = [
  { level: 3, completed: 100, ratingTenths: 48, onTimePercent: 95 },
  { level: 2, completed: 25, ratingTenths: 46, onTimePercent: 90 },
  { level: 1, completed: 5, ratingTenths: 44, onTimePercent: 85 },
];

/** Which conditions of a rule somebody's work meets; compared in whole numbers. */
export const conditions = (rule: LevelRule, work: Work): { completed: boolean; rating: boolean; onTime: boolean } => ({
  completed: work.completed >= rule.completed,
  rating: work.reviews > 0 && work.stars * 10 >= rule.ratingTenths * work.reviews,
  onTime: work.due > 0 && work.onTime * 100 >= rule.onTimePercent * work.due,
});

/** The level that somebody's work earns; 0 is New. */
export function levelOf(work: Work): number {
  const earned = LEVEL_RULES.find((rule) => Object.values(conditions(rule, work)).every(Boolean));
  return earned?.level ?? 0;
}
