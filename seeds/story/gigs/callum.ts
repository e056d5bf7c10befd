import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByCallum: GigStory[] = [
  {
    key: 'room-photos',
    seller: 'callum',
    category: 'photo-editing',
    title: 'Photos of rooms straightened and brightened for a letting advert',
    description: prose`
      Walls upright, windows not burnt out, the room as large as it is and no larger. I correct perspective and light
      and take out the reflection of you in the mirror.

      I do not remove damp patches, pylons or the neighbour's extension. An advert should still be true at the
      viewing.`,
    tags: ['interior photos', 'letting', 'perspective', 'property'],
    packages: [
      {
        tier: 'basic',
        title: 'Eight photos',
        description: 'One flat.',
        price: 2000,
        days: 2,
        revisions: 1,
        includes: ['Photos: 8', 'Sizes for property sites'],
      },
      {
        tier: 'standard',
        title: 'Twenty photos',
        description: 'A house, inside and out.',
        price: 4200,
        days: 3,
        revisions: 1,
        includes: ['Photos: 20', 'Sizes for property sites', 'Order suggested for the advert'],
      },
    ],
    extras: [{ title: 'Simple floor plan to go with it', price: 4500, extraDays: 3, maxQuantity: 1 }],
    faq: [],
    questions: [
      { kind: 'short_text', label: 'Link to the photos', required: true },
      { kind: 'short_text', label: 'Which site will you advertise on?', required: false },
    ],
    pictures: [{ drawing: 'room', variant: 0, alt: 'A leaning room beside the same room with upright walls' }],
    submittedDaysAgo: 80,
  },
  {
    key: 'floor-plan',
    seller: 'callum',
    category: 'plans-and-drawings',
    title: 'Floor plan drawn from your tape-measure sketch',
    description: prose`
      Draw your rooms on squared paper, write the lengths along the walls, take one photo of each corner. I draw the
      plan to scale and tell you where your numbers do not meet, with the one wall to measure again.

      - walls, doors, windows, stairs and fixed furniture
      - areas per room in square metres or square feet
      - PDF at 1:50 or 1:100, PNG for adverts, DXF if you like

      Good for letting, moving furniture and talking to a builder. It is not a survey and not good enough for a
      planning application.`,
    tags: ['floor plan', 'property', 'measured drawing', 'PDF', 'DXF'],
    packages: [
      {
        tier: 'basic',
        title: 'One flat',
        description: 'Up to four rooms on one floor.',
        price: 5000,
        days: 4,
        revisions: 1,
        includes: ['Rooms: up to 4', 'PDF to scale and PNG'],
      },
      {
        tier: 'standard',
        title: 'One house',
        description: 'Up to ten rooms on two floors.',
        price: 9800,
        days: 6,
        revisions: 2,
        includes: ['Rooms: up to 10', 'PDF to scale and PNG', 'DXF file'],
      },
    ],
    extras: [
      { title: 'Furniture drawn in, per room', price: 1000, extraDays: 1, maxQuantity: 10 },
      { title: 'Second version with a wall moved', price: 2500, extraDays: 2, maxQuantity: 3 },
    ],
    faq: [
      {
        question: 'My walls are not straight',
        answer: 'Nobody’s are. Measure both diagonals of the room and I sort it out.',
      },
    ],
    questions: [
      { kind: 'short_text', label: 'Link to photos of your sketch', required: true },
      { kind: 'one_choice', label: 'Units', required: true, choices: ['Metres', 'Feet and inches'] },
      { kind: 'long_text', label: 'What will you use the plan for?', required: true },
    ],
    pictures: [
      { drawing: 'floor-plan', variant: 0, alt: 'A floor plan of a flat with four rooms and door swings' },
      { drawing: 'floor-plan', variant: 1, alt: 'The same flat with furniture drawn in' },
    ],
    submittedDaysAgo: 188,
  },
  {
    key: 'kitchen-plan',
    seller: 'callum',
    category: 'plans-and-drawings',
    title: 'Kitchen or bathroom plan to hand to your fitter',
    description: prose`
      One sheet with everything the fitter asks on the first morning: where the units stand, how high the sockets are,
      where water comes in and goes out, which way the door opens.

      Plan, four elevations and a list of units with sizes. You tell me what you want and what you have measured; I
      draw it, and mark in red what cannot work, for example a drawer behind a door.

      Gas and electrics must be checked by someone on site with a licence. I say where.`,
    tags: ['kitchen plan', 'bathroom', 'elevation', 'fitter', 'drawing'],
    packages: [
      {
        tier: 'basic',
        title: 'One room',
        description: 'Plan, four elevations and unit list.',
        price: 11500,
        days: 7,
        revisions: 2,
        includes: ['Layouts: 1', 'Plan and four elevations', 'List of units'],
      },
      {
        tier: 'standard',
        title: 'Two layouts',
        description: 'Two ways to use the room, then the chosen one drawn in full.',
        price: 16500,
        days: 10,
        revisions: 3,
        includes: ['Layouts: 2', 'Plan and four elevations', 'List of units', 'Comparison of both'],
      },
    ],
    extras: [{ title: 'Tile layout with cuts', price: 3000, extraDays: 2, maxQuantity: 2 }],
    faq: [],
    questions: [
      { kind: 'long_text', label: 'Measurements, and what must stay where it is', required: true },
      { kind: 'long_text', label: 'Appliances and units you have or want', required: true },
    ],
    pictures: [{ drawing: 'elevation', variant: 0, alt: 'A kitchen wall drawn from the front with dimensions' }],
    submittedDaysAgo: 64,
  },
  {
    key: 'part-drawing',
    seller: 'callum',
    category: 'plans-and-drawings',
    title: 'Technical drawing of one part for a workshop or laser cutter',
    description: prose`
      The bracket that broke, the knob nobody sells any more. Send a photo beside a ruler, or the part's measurements.
      I draw it so that a workshop can make it: three views, dimensions, material and tolerance.

      For laser cutting you get a clean DXF with closed lines and the kerf you name. For a lathe or mill, a PDF to
      ISO or ANSI habits.

      I draw parts that hold a shelf or a lamp. I do not draw parts for lifting, brakes, pressure or weapons.`,
    tags: ['technical drawing', 'DXF', 'laser cutting', 'spare part', 'CAD'],
    packages: [
      {
        tier: 'basic',
        title: 'Flat part',
        description: 'For laser or water jet.',
        price: 3500,
        days: 3,
        revisions: 1,
        includes: ['Views: 1', 'DXF and PDF'],
      },
      {
        tier: 'standard',
        title: 'Solid part',
        description: 'Turned or milled, three views.',
        price: 6500,
        days: 5,
        revisions: 1,
        includes: ['Views: 3', 'DXF and PDF', 'Tolerances'],
      },
    ],
    extras: [{ title: '3D model as STEP', price: 3000, extraDays: 2, maxQuantity: 1 }],
    faq: [
      {
        question: 'Do you make the part?',
        answer: 'No. With the drawing you can ask three workshops and compare prices.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'What does the part do, and what are its measurements?', required: true },
      {
        kind: 'one_choice',
        label: 'How will it be made?',
        required: true,
        choices: ['Laser', 'Mill', 'Lathe', '3D print', 'Not decided'],
      },
    ],
    pictures: [{ drawing: 'part', variant: 0, alt: 'A bracket with holes and dimension lines on blue paper' }],
    submittedDaysAgo: 80,
  },
];
