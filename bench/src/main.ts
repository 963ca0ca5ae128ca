import { benchmarks } from './benchmarks.ts';
import { runBenchmarks } from './run-benchmarks.ts';

// The SDK warns about the age of Node on every start; package.json says which Node is supported.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const status = await runBenchmarks(process.argv.slice(2), {
  benchmarks,
  env: process.env,
  print: (text) => process.stdout.write(`${text}\n`),
  onProgress: (line) => process.stderr.write(`${line}\n`),
});
// Ends what a benchmark that took too long has left: its stage goes with this process.
process.stdout.write('', () => process.exit(status));
