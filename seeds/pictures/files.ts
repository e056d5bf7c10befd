import sharp from 'sharp';
import type { FileStory } from '../story/types.ts';
import { drawings } from './drawings.ts';
import { document } from './svg.ts';

const page = { width: 842, height: 595 };

/** A delivered file that opens: the drawing as SVG, JPEG or a PDF with that JPEG on one A4 page, by the ending of its name. */
export async function fileContent(file: FileStory): Promise<{ type: string; bytes: Buffer }> {
  const { drawing, variant = 0, title = '' } = file.drawing;
  const svg = Buffer.from(document(drawings[drawing](variant, title)));
  if (file.name.endsWith('.svg')) return { type: 'image/svg+xml', bytes: svg };
  const picture = sharp(svg, { density: 720 }).resize(1600, 1000).jpeg({ quality: 85 });
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  if (file.name.endsWith('.jpg')) return { type: 'image/jpeg', bytes: data };
  return { type: 'application/pdf', bytes: pdf(data, info) };
}

function pdf(jpeg: Buffer, { width, height }: { width: number; height: number }): Buffer {
  const shown = { width: page.width, height: Math.round((page.width * height) / width) };
  const draw = `q ${shown.width} 0 0 ${shown.height} 0 ${Math.round((page.height - shown.height) / 2)} cm /Picture Do Q`;
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Contents 4 0 R /Resources << /XObject << /Picture 5 0 R >> >> >>`,
    ),
    stream('', Buffer.from(draw)),
    stream(
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
      jpeg,
    ),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  const size = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [i, object] of objects.entries()) {
    offsets.push(size());
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
  }
  const start = size();
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

const stream = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${content.length} >>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ]);
