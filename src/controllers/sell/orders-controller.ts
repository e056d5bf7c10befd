import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { openWorkspace } from '../../middleware/open-order.ts';
import { showOrderList } from '../orders/listing.ts';
import { showWorkspace } from '../orders/orders-controller.ts';

/** What a seller has to work on. */
export async function index(request: Request, response: Response): Promise<void> {
  await showOrderList(request, response, 'seller');
}

/** The seller's address of the workspace; for everybody else it does not exist. */
export async function show(request: Request, response: Response): Promise<void> {
  const { order, reader } = await openWorkspace(request);
  if (reader.role !== 'seller') throw new NotFound();
  await showWorkspace(request, response, order, reader);
}
