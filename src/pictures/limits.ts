/** 10 MB, as it is sent. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** In one gallery; the database has it too. */
export const MOST_PICTURES = 8;
/** A file of a few KB can stand for gigabytes of pixels. */
export const MOST_PIXELS = 25_000_000;
/** AVIF and interlaced PNG are decoded whole: 24 million pixels of AVIF took 440 MB, 8 million 150 MB. */
export const MOST_PIXELS_AT_ONCE = 8_000_000;
/** Shorter sides are no pictures, and longer strips than 1 to 5 fit no frame. */
export const LEAST_SIDE = 16;
export const LONGEST_STRIP = 5;

export const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];
