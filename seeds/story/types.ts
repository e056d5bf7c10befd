import type { DrawingName } from '../pictures/drawings.ts';

/** The words of the demo story. Times are days before the seeding moment; money is cents. */

export type CategorySlug =
  | 'design-and-illustration'
  | 'programming'
  | 'writing-and-translation'
  | 'data-and-spreadsheets'
  | 'audio-and-music'
  | 'video-and-animation'
  | 'photo-editing'
  | 'plans-and-drawings';

export type Tier = 'basic' | 'standard' | 'premium';

export interface CategoryStory {
  slug: CategorySlug;
  name: string;
  /** What a visitor finds there, as one line of three or so examples. */
  examples: string;
}

export interface PersonStory {
  username: string;
  /** His Whop account: one of the emulator's personas, with the same address. */
  whop?: `user_${string}`;
  displayName: string;
  role: 'user' | 'admin';
  joinedDaysAgo: number;
  tagline?: string;
  bio?: string;
  skills?: string[];
  location: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  languages: string[];
  timeZone: string;
  links?: { label: string; url: string }[];
  seller?: { verified: boolean; maxActiveOrders?: number };
}

export interface PackageStory {
  tier: Tier;
  title: string;
  description: string;
  price: number;
  days: number;
  revisions: number;
  /** "Pages: up to 4" compares a value across packages; a line without a colon is simply in or not in. */
  includes: string[];
}

export interface ExtraStory {
  title: string;
  price: number;
  extraDays: number;
  maxQuantity: number;
}

export interface QuestionStory {
  kind: 'short_text' | 'long_text' | 'one_choice' | 'many_choices';
  label: string;
  required: boolean;
  choices?: string[];
}

/** A picture is a drawing with its options; the same words give the same picture. */
export interface ArtworkStory {
  drawing: DrawingName;
  variant?: number;
  title?: string;
  alt: string;
}

export interface GigStory {
  /** Its name in the story: reviews and orders refer to it. */
  key: string;
  seller: string;
  category: CategorySlug;
  title: string;
  description: string;
  tags: string[];
  packages: PackageStory[];
  extras: ExtraStory[];
  faq: { question: string; answer: string }[];
  questions: QuestionStory[];
  pictures: ArtworkStory[];
  submittedDaysAgo: number;
  /** Where the story leaves it; published when nothing is said. */
  ends?:
    { as: 'draft' } | { as: 'rejected'; reason: string } | { as: 'published, with an edit in review'; title: string };
}

type Stars = 1 | 2 | 3 | 4 | 5;

/** A finished order and what both sides said about it. */
export interface FinishedStory {
  gig: string;
  tier: Tier;
  buyer: string;
  completedDaysAgo: number;
  review?: { rating: Stars; body: string };
  /** The seller's public answer under the review. */
  reply?: string;
  /** The seller's own review of the buyer. */
  ofBuyer?: { rating: Stars; body: string };
  /** Days past the due date; on time when nothing is said. */
  lateDays?: number;
}

type Happening =
  | { does: 'brief'; answers: Record<string, string | string[]> }
  | { does: 'message'; by: 'buyer' | 'seller'; body: string }
  | { does: 'deliver'; message: string; links?: string[]; files?: FileStory[] }
  | { does: 'request_revision'; reason: string }
  | { does: 'accept_delivery' }
  | { does: 'request_cancellation'; by: 'buyer' | 'seller'; reason: string }
  | { does: 'accept_cancellation'; by: 'buyer' | 'seller' }
  | { does: 'open_dispute'; by: 'buyer' | 'seller'; reason: string }
  | { does: 'statement'; by: 'buyer' | 'seller'; body: string }
  | { does: 'resolve_refund'; reason: string }
  | { does: 'review'; by: 'buyer' | 'seller'; rating: Stars; body: string }
  | { does: 'reply'; body: string }
  | { does: 'draft'; message: string };

/** A file of a delivery, made from a drawing so that it opens. */
export interface FileStory {
  name: string;
  drawing: ArtworkStory;
}

/** An order told act by act; the acts stand in the order in which they happen. */
export interface OrderStory {
  key: string;
  gig: string;
  tier: Tier;
  buyer: string;
  extras?: Record<string, number>;
  placedDaysAgo: number;
  acts: (Happening & { daysAgo: number })[];
}
