export type PackageTier = 'basic' | 'standard' | 'premium';
export type QuestionKind = 'short_text' | 'long_text' | 'one_choice' | 'many_choices' | 'file';

export interface GigPackage {
  tier: PackageTier;
  title: string;
  description: string;
  price_cents: number;
  delivery_days: number;
  revisions: number;
  includes: string[];
}

export interface GigExtra {
  id: string;
  title: string;
  price_cents: number;
  extra_days: number;
  max_quantity: number;
}

export interface GigQuestion {
  id: string;
  kind: QuestionKind;
  label: string;
  required: boolean;
  choices: string[];
}

export interface GigImage {
  id: string;
  alt: string;
  width: number;
  height: number;
  colour: string;
  widths: number[];
  formats: ('avif' | 'webp')[];
}

/** A gig as it was submitted: frozen in gig_revisions.doc, on sale in gig_listings.doc. Prices in cents. */
export interface GigDocument {
  title: string;
  description: string;
  tags: string[];
  category: { slug: string; name: string };
  packages: GigPackage[];
  extras: GigExtra[];
  faq: { question: string; answer: string }[];
  questions: GigQuestion[];
  images: GigImage[];
}

/** The package that is shown first: the one asked for, else Standard, else the first. */
export const packageShown = (packages: GigPackage[], asked?: string | null): GigPackage | undefined =>
  packages.find(({ tier }) => tier === (asked ?? 'standard')) ??
  packages.find(({ tier }) => tier === 'standard') ??
  packages[0];
