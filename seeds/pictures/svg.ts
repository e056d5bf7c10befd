/** A picture on a field of 160 x 100, and the colour that stands in for it while it loads. */
export interface Drawing {
  ground: string;
  body: string;
}

export type Draw = (variant: number, title: string) => Drawing;

export const colours = {
  cream: '#fbf6e9',
  paper: '#ffffff',
  ink: '#232b2c',
  petrol: '#003f47',
  teal: '#1f7a78',
  mustard: '#d9a441',
  yellow: '#f0d27a',
  brick: '#b5482f',
  coral: '#e2664a',
  forest: '#2d4a3e',
  green: '#3f7a57',
  sage: '#dbe6d9',
  navy: '#14263d',
  sky: '#c9d8e6',
  slate: '#5b7285',
  sand: '#e9e0d0',
  tan: '#c9b595',
  grey: '#aab4b5',
};

export const rect = (x: number, y: number, w: number, h: number, fill: string, radius = 0) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${fill}"${radius ? ` rx="${radius}"` : ''}/>`;

export const circle = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r)}" fill="${fill}"/>`;

export const shape = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;

export const stroke = (d: string, colour: string, width = 1, dashes = '') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${dashes ? ` stroke-dasharray="${dashes}"` : ''}/>`;

export const frame = (x: number, y: number, w: number, h: number, colour: string, width = 0.6) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;

export const moved = (x: number, y: number, ...children: string[]) =>
  `<g transform="translate(${round(x)} ${round(y)})">${children.join('')}</g>`;

export const turned = (degrees: number, x: number, y: number, ...children: string[]) =>
  `<g transform="rotate(${degrees} ${x} ${y})">${children.join('')}</g>`;

export const faded = (opacity: number, ...children: string[]) => `<g opacity="${opacity}">${children.join('')}</g>`;

export const drawn = (ground: string, ...children: string[]): Drawing => ({ ground, body: children.join('') });

/** One value per step, joined: rows, columns, stripes. */
export const repeat = (count: number, draw: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => draw(i)).join('');

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The item of a list that belongs to a variant. */
export function pick<T>(items: readonly [T, ...T[]], variant: number): T {
  return items[variant % items.length] ?? items[0];
}

export const document = ({ ground, body }: Drawing) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100">${rect(0, 0, 160, 100, ground)}${body}</svg>`;

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
