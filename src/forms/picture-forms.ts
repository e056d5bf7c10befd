import { z } from 'zod';
import { line } from './fields.ts';

/** A picture of a gallery; `move` is the button that was pressed, if one was. */
export const pictureForm = z.object({
  alt: line('the description of the picture', 0, 200),
  move: z.enum(['up', 'down']).optional(),
});
