import { categories } from '../story/categories.ts';
import { storyId } from './ids.ts';
import type { Stage } from './stage.ts';

export async function seedCategories(stage: Stage): Promise<void> {
  const rows = categories.map(({ slug, name, examples }, position) => ({
    id: storyId('category', slug),
    slug,
    name,
    examples,
    position,
  }));
  await stage.trx('categories').insert(rows);
}
