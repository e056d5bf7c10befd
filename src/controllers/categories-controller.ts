import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { readSearch } from '../forms/search-form.ts';
import { paths } from '../paths.ts';
import { find, renderResults } from './search-controller.ts';

/** A kind of work under its own address: the search, narrowed to it. */
export async function show(request: Request, response: Response): Promise<void> {
  const slug = String(request.params.slug);
  if (slug !== slug.toLowerCase()) return response.redirect(301, paths.category(slug.toLowerCase()));
  const { search, leftOut } = readSearch({ ...request.query, category: slug });
  const result = await find(request, search);
  if (!result.category) throw new NotFound();
  await renderResults(request, response, search, result, leftOut);
}
