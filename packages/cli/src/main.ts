import './node-20.ts';
import { attachStage, endStage, holdStage, launchStage, startStage } from '@riposte/local-stage';
import { openDeliveries } from './deliveries/open-deliveries.ts';
import { openDoctor } from './doctor/open-doctor.ts';
import { openEvidence } from './evidence/open-evidence.ts';
import { openFim } from './fim/open-fim.ts';
import { openResponses } from './responses/open-responses.ts';
import { openSecurityHub } from './rules/open-security-hub.ts';
import { openMemory } from './rules/route/open-memory.ts';
import { run } from './run.ts';
import { openSilences } from './silences/open-silences.ts';
import { terminalOn } from './terminal.ts';
import { openTrails } from './trail/open-trails.ts';

// The SDK warns about the age of Node on every start; `engines` in package.json says which Node is supported.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

process.exitCode = await run(process.argv.slice(2), {
  terminal: terminalOn({ input: process.stdin, output: process.stdout, errors: process.stderr }),
  openDoctor,
  openEvidence,
  openResponses,
  openTrails,
  openSecurityHub,
  openMemory,
  openDeliveries,
  openSilences,
  openFim,
  input: process.stdin,
  stageTools: { attachStage, endStage, holdStage, launchStage },
  startStage,
  self: [process.execPath, process.argv[1] ?? ''],
  cwd: process.cwd(),
});
