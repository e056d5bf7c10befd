import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Asset name as templates know it (`app.css`) -> URL the browser asks for. */
export type Manifest = Record<string, string>;

const root = path.join(import.meta.dirname, '..');
const sources = path.join(root, 'public');
const output = path.join(sources, 'build');
/** Beside the folder that is served: whoever lists that one at his start must not meet half a file. */
const drafts = path.join(sources, 'build-drafts');
const manifestFile = path.join(output, 'manifest.json');
const modules = path.join(root, 'node_modules');

/** The order matters inside a layer; the layers themselves are ordered in tokens.css. */
const STYLES = [
  ...['tokens', 'base', 'layout', 'controls', 'docket', 'turn', 'parts', 'tables', 'panel'],
  ...['home', 'search', 'gig', 'work', 'words'],
];

const READY_MADE: Record<string, string> = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'hx-sse.js': 'htmx.org/dist/ext/hx-sse.min.js',
};

/** Whop's browser files import each other by name, so names stay and the folder carries the version. */
const VENDORED = [
  { from: '@whop/checkout/dist/static/checkout', to: 'whop-checkout/0.5.0', keep: /^(index|chunk-.*)\.mjs$/ },
  { from: '@whop/embedded-components-vanilla-js/dist', to: 'whop-elements/1.2.0', keep: /^(pure|util|url)\.mjs$/ },
];

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Reads the manifest in production; elsewhere builds first when a source changed. */
export async function loadAssets(): Promise<Manifest> {
  if (process.env.NODE_ENV === 'production') return (await readManifest()).assets;
  const built = existsSync(manifestFile) ? await readManifest() : null;
  return built?.digest === (await sourceDigest()) ? built.assets : buildAssets();
}

/** Writes public/build: minified, named by content, compressed beside, listed in manifest.json. */
export async function buildAssets(): Promise<Manifest> {
  const digest = await sourceDigest();
  await mkdir(output, { recursive: true });
  const assets: Manifest = {
    'app.css': await emit('app.css', await styles(STYLES)),
    'print.css': await emit('print.css', await styles(['print'])),
  };
  for (const [name, file] of Object.entries(READY_MADE)) {
    const text = await readFile(path.join(modules, file), 'utf8');
    assets[name] = await emit(name, text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ''));
  }
  for (const name of await scriptNames()) assets[name] = await emit(name, await script(name));
  for (const folder of VENDORED) await vendor(folder);
  await write(manifestFile, JSON.stringify({ digest, assets }, null, 2));
  return assets;
}

async function readManifest(): Promise<{ digest: string; assets: Manifest }> {
  return JSON.parse(await readFile(manifestFile, 'utf8'));
}

async function styles(names: string[]): Promise<string> {
  const files = await Promise.all(names.map((name) => readFile(path.join(sources, 'css', `${name}.css`), 'utf8')));
  const { transform } = await import('esbuild');
  return (await transform(files.join('\n'), { loader: 'css', minify: true })).code;
}

async function script(name: string): Promise<string> {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [path.join(sources, 'js', name)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['/build/*'],
    write: false,
  });
  return result.outputFiles[0]!.text;
}

async function scriptNames(): Promise<string[]> {
  return (await readdir(path.join(sources, 'js'))).filter((name) => name.endsWith('.js')).sort();
}

async function emit(name: string, text: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  const file = `${stem}-${hash(text).slice(0, 10)}${ext}`;
  await writeCompressed(path.join(output, file), Buffer.from(text));
  return `/build/${file}`;
}

async function vendor({ from, to, keep }: (typeof VENDORED)[number]): Promise<void> {
  const target = path.join(output, 'vendor', to);
  await mkdir(target, { recursive: true });
  for (const name of (await readdir(path.join(modules, from))).filter((file) => keep.test(file))) {
    await writeCompressed(path.join(target, name), await readFile(path.join(modules, from, name)));
  }
  const licence = path.join(modules, from.split('/dist')[0]!, 'LICENSE');
  if (existsSync(licence)) await cp(licence, path.join(target, 'LICENSE'));
}

async function writeCompressed(file: string, content: Buffer): Promise<void> {
  if (existsSync(`${file}.gz`)) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await write(file, content);
  await write(`${file}.br`, await toBrotli(content, quality));
  await write(`${file}.gz`, await toGzip(content, { level: 9 }));
}

/** Through a rename, so that a process starting at the same moment never reads half a file. */
async function write(file: string, content: string | Buffer): Promise<void> {
  const draft = path.join(drafts, `${process.pid}-${path.basename(file)}`);
  await mkdir(drafts, { recursive: true });
  await writeFile(draft, content);
  await rename(draft, file);
}

async function sourceDigest(): Promise<string> {
  const own = await Promise.all(['css', 'js'].map((folder) => filesUnder(path.join(sources, folder))));
  const files = [...own.flat(), import.meta.filename, path.join(root, 'package.json')];
  return hash(...(await Promise.all(files.map((file) => readFile(file, 'utf8')))));
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function hash(...texts: string[]): string {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(text).update('\0');
  return sum.digest('hex');
}
