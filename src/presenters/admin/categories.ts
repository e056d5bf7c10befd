import type { CategoryOnDesk } from '../../models/category-desk.ts';
import { paths } from '../../paths.ts';
import { plural } from '../dates.ts';

export const presentCategory = (category: CategoryOnDesk) => ({
  name: category.name,
  examples: category.examples,
  note: `${plural(category.gigs, 'gig')} · /categories/${category.slug}`,
  here: paths.category(category.slug),
  edit: paths.adminCategory(category.id),
  removal: paths.adminCategoryRemoval(category.id),
  empty: category.gigs === 0,
});

export const presentCategories = (categories: CategoryOnDesk[]) => categories.map(presentCategory);
