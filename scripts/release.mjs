// Usage: npm run release -- vN.N.N [--dry-run]
//
// Packs the command and attaches it to a GitHub release of that tag, with the tag's section of the changelog as notes. The
// release is made by GitHub's own command line tool (gh), which reads GH_TOKEN.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [tag = '', dryRun] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('packages/cli/package.json', 'utf8'));
const notes = readFileSync('CHANGELOG.md', 'utf8')
  .split(/^(?=## )/m)
  .find((section) => section.startsWith(`## [${version}]`));

function stop(problem) {
  console.error(problem);
  process.exit(1);
}
if (tag !== `v${version}`) stop(`the tag is "${tag}", and packages/cli is version ${version}`);
if (notes === undefined) stop(`CHANGELOG.md has no section "## [${version}]"`);

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) stop(error ? `${command}: ${error.message}` : `${command} failed`);
}

mkdirSync('.build/release', { recursive: true });
writeFileSync('.build/release/notes.md', notes.split('\n').slice(1).join('\n').trim());
run('npm', ['pack', '--workspace', 'packages/cli', '--pack-destination', '.build/release']);
const file = `.build/release/riposte-cli-${version}.tgz`;
if (dryRun === '--dry-run') console.log(`would attach ${file} to the release ${tag}`);
else {
  const what = [
    tag,
    file,
    '--title',
    `Riposte ${version}`,
    '--notes-file',
    '.build/release/notes.md',
  ];
  run('gh', ['release', 'create', ...what, '--verify-tag']);
}
