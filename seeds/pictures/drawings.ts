import { browser, code, queryPlan, servers, terminal } from './code.ts';
import { book, frames, inkSpots, letter, logoSketch, markedPage, stickyNotes } from './drawn-by-hand.ts';
import { clips, mountains, phoneFilm } from './film.ts';
import { bottleSplit, oldPhoto, plate, room } from './photos.ts';
import { elevation, floorPlan, part, shelf } from './plans.ts';
import { jars, menuSpread, menuTable, poster, qrCard, twoLetters } from './print.ts';
import { chart, cv, mergedRows, priceTags, sheet, sheetFromPaper } from './sheets.ts';
import { guitar, microphone, waveform } from './sound.ts';
import type { Draw } from './svg.ts';

/** Every drawing that a gig of the story can name. */
export const drawings = {
  'menu-spread': menuSpread,
  'menu-table': menuTable,
  poster,
  'qr-card': qrCard,
  'two-letters': twoLetters,
  jars,
  'logo-sketch': logoSketch,
  book,
  'ink-spots': inkSpots,
  frames,
  'sticky-notes': stickyNotes,
  letter,
  'marked-page': markedPage,
  'price-tags': priceTags,
  cv,
  code,
  browser,
  terminal,
  'query-plan': queryPlan,
  servers,
  sheet,
  'sheet-from-paper': sheetFromPaper,
  'merged-rows': mergedRows,
  chart,
  waveform,
  microphone,
  guitar,
  mountains,
  clips,
  'phone-film': phoneFilm,
  'bottle-split': bottleSplit,
  'old-photo': oldPhoto,
  plate,
  room,
  'floor-plan': floorPlan,
  elevation,
  part,
  shelf,
} satisfies Record<string, Draw>;

export type DrawingName = keyof typeof drawings;
