import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

// Installed packages may not strip types (Node refuses under node_modules), so that the command ships as one plain file.
// CommonJS dependencies ask for `require`, which an ES module does not have by itself.
const banner = [
  '#!/usr/bin/env node',
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('\n');

const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/riposte.mjs',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  banner: { js: banner },
  logLevel: 'warning',
  metafile: true,
});
await chmod(`${folder}dist/riposte.mjs`, 0o755);
await writeFile(
  `${folder}dist/THIRD-PARTY-NOTICES.txt`,
  await notices(Object.keys(metafile.inputs)),
);

/** What the bundle's packages ask of whoever passes them on: their names, and their licences word by word. */
async function notices(inputs) {
  const packages = inputs.flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? [],
  );
  const texts = await Promise.all([...new Set(packages)].sort().map((path) => noticeOf(path)));
  const about =
    'The riposte command contains these packages. Packages that share a licence text are named above it.';
  const named = new Map();
  for (const { name, text } of texts) named.set(text, [...(named.get(text) ?? []), name]);
  const parts = [...named].map(([text, names]) => `${names.join('\n')}\n\n${text.trim()}\n`);
  return [about, '', ...parts].join(`\n${'-'.repeat(80)}\n`);
}

async function noticeOf(path) {
  const at = join(folder, path);
  const {
    name,
    version,
    license = 'no licence named',
  } = JSON.parse(await readFile(join(at, 'package.json'), 'utf8'));
  const files = (await readdir(at)).filter((file) => /^(?:licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(at, file), 'utf8')));
  return { name: `${name} ${version} (${license})`, text: texts.join('\n') };
}
