import { randomUUID } from 'node:crypto';
import type { FormState } from '../forms/form.ts';
import type { GigImage } from '../models/gig-document.ts';
import { paths } from '../paths.ts';
import { MOST_PICTURES } from '../pictures/limits.ts';
import { presentCover } from './picture.ts';

/** The pictures of a gig as their seller arranges them, with what to fix. */
export function presentGalleryEditor(gigId: string, images: GigImage[], form: FormState) {
  const room = MOST_PICTURES - images.length;
  return {
    action: paths.gigImages(gigId),
    formKey: randomUUID(),
    errors: form.errors,
    error: form.messages.images,
    room,
    most: MOST_PICTURES,
    images: images.map((image, index) => {
      const error = form.messages[`alt-${image.id}`];
      return {
        id: image.id,
        number: index + 1,
        name: index === 0 ? 'Picture 1, the cover' : `Picture ${index + 1}`,
        cover: presentCover(image, { sizes: '176px', alt: image.alt || `Picture ${index + 1}`, needed: true }),
        alt: {
          ...{ name: 'alt', id: `alt-${image.id}`, label: 'What it shows', optional: true, error },
          value: error ? form.values.alt : image.alt,
          attributes: { maxlength: 200 },
        },
        action: paths.gigImage(gigId, image.id),
        removal: paths.gigImageRemoval(gigId, image.id),
        first: index === 0,
        last: index === images.length - 1,
      };
    }),
  };
}
