// cfn-lint over every packaged template and every template for stack sets. `npm run package` comes first.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../packages/local-stage/src/emulator/install-ministack.ts';

const version = '1.58.0';
const environment = join(cacheFolder(process.env), `cfn-lint-${version}`);
const executable = join(environment, 'bin', 'cfn-lint');

/** Runs a command to its end; what it says is shown when it fails. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error?.code === 'ENOENT') return `${command} is not there`;
  return status === 0 ? undefined : `${command} ${args.join(' ')} failed`;
}

function install() {
  console.error(`installing cfn-lint ${version} into ${environment} …`);
  const python = join(environment, 'bin', 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'];
  const problem =
    run('python3', ['-m', 'venv', environment]) ?? run(python, [...pip, `cfn-lint==${version}`]);
  if (problem === undefined) return;
  rmSync(environment, { recursive: true, force: true });
  console.error(
    `${problem}\ncfn-lint needs Python 3.10 or newer with its venv module (Debian: apt install python3-venv)`,
  );
  process.exit(1);
}

const services = globSync('services/*/serverless.yml').map((file) => file.split('/')[1]);
const packaged = services.map(
  (service) => `services/${service}/.serverless/cloudformation-template-update-stack.json`,
);
const missing = packaged.filter((file) => !existsSync(file));
if (services.length === 0 || missing.length > 0) {
  console.error(
    `not packaged: ${missing.join(', ') || 'any service'}; run \`npm run package\` first`,
  );
  process.exit(1);
}
if (!existsSync(executable)) install();

const templates = [...packaged, ...globSync('services/*/templates/*.yml')].sort();
// What is ignored, and why, is in .cfnlintrc.yml.
const problem = run(executable, ['--template', ...templates]);
console.error(
  `cfn-lint: ${templates.length} templates, ${problem ? 'findings above' : 'no findings'}`,
);
process.exit(problem ? 1 : 0);
