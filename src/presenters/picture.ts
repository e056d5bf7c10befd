import type { GigImage } from '../models/gig-document.ts';
import { paths } from '../paths.ts';
import { initials } from './names.ts';

/** What views/shared/_avatar.ejs draws: a face, or initials. */
export const presentAvatar = (displayName: string, avatarId: string | null | undefined, width: 96 | 192 = 96) => ({
  displayName,
  initials: initials(displayName),
  ...(avatarId && { src: paths.avatar(avatarId, width) }),
});

/** What views/shared/_cover.ejs draws. */
export interface Cover {
  src: string;
  srcset: string;
  avif?: string;
  sizes: string;
  width: number;
  height: number;
  colour: string;
  alt: string;
  eager?: boolean;
  /** Shown also to who saves data: he asked for it, or it is what the page is about. */
  needed?: boolean;
  /** Where who saves data asks for it. */
  askHref?: string;
}

/** A picture in every width that it was made in; the browser takes the one that fits `sizes`. */
export function presentCover(
  image: GigImage | null | undefined,
  shown: Pick<Cover, 'sizes' | 'eager' | 'needed' | 'askHref'> & { alt?: string },
): Cover | null {
  const widths = [...(image?.widths ?? [])].sort((a, b) => a - b);
  if (!image || widths.length === 0) return null;
  const set = (format: 'avif' | 'webp') =>
    widths.map((width) => `${paths.image(image.id, width, format)} ${width}w`).join(', ');
  return {
    src: pictureUrl(image),
    srcset: set('webp'),
    ...(image.formats.includes('avif') && { avif: set('avif') }),
    width: image.width,
    height: image.height,
    colour: image.colour,
    ...{ alt: '', ...shown },
  };
}

/** One address for who takes no choice (Open Graph, JSON-LD, old browsers): the width nearest to 800. */
export function pictureUrl(image: GigImage): string {
  const [nearest = image.width] = [...image.widths].sort((a, b) => Math.abs(a - 800) - Math.abs(b - 800));
  return paths.image(image.id, nearest, 'webp');
}
