import { type Finding, parseFinding } from '@riposte/findings';
import { compileRules, type RulePack } from '@riposte/rules';
import type { BenchContext, Benchmark } from '../benchmark.ts';
import { NotMeasuredError } from '../errors.ts';
import type { Measurement } from '../result.ts';
import { interleaved } from '../statistics.ts';
import { batchTimes, timed } from './batch-times.ts';
import { engineOf } from './engine-peer.ts';
import { heapGrowth } from './heap-growth.ts';
import { interpretRules } from './interpreter.ts';
import { sampleTexts } from './sample-findings.ts';
import { sampleRules } from './sample-rules.ts';

const now = new Date('2026-11-25T09:00:00Z');
const findingCount = 1000;
const evaluations = 1_000_000;
const rounds = 40;
const fewRounds = 5;

/** Times are taken of so many findings. */
const batchSize = 10;

/** Parsing and evaluating are compared with warm caches, both. */
const runsBefore = 1;

/** json-rules-engine takes so long that it evaluates a part of the findings; its time is told for all of them. */
const enginePart = 50;

/** What the evaluation of rules is held to. */
const limits = {
  100: { parse: 0.25, interpreter: 1 / 4 },
  1000: { parse: 1, interpreter: 1 / 8 },
  engine: 1 / 1000,
  growthBytes: 1_000_000,
} as const;

/** Rules on findings, beside the parsing of the findings and other ways to evaluate them. */
export const rules: Benchmark = {
  name: 'rules',
  title: 'rules are evaluated on findings, beside JSON.parse, an interpreter and json-rules-engine',
  timeoutMs: 600_000,
  measure,
};

type Evaluate = (finding: Finding) => unknown;

async function measure({ onProgress }: BenchContext): Promise<readonly Measurement[]> {
  const texts = sampleTexts(findingCount);
  const measured: Measurement[] = [];
  for (const count of [100, 1000] as const) {
    onProgress(`evaluating ${count} rules ...`);
    const pack = sampleRules(count);
    await checkMatches(pack, texts);
    measured.push(...timeRules(pack, texts, count));
    if (count === 100) measured.push(await besideEngine(pack, texts, count));
  }
  onProgress(`evaluating ${evaluations} times ...`);
  return [...measured, growth(texts)];
}

function evaluator(pack: RulePack): Evaluate {
  const compiled = compileRules([pack]);
  return (finding) => compiled.evaluate(finding, { now });
}

/** @throws NotMeasuredError where the same rules match differently: there would be nothing to compare. */
async function checkMatches(pack: RulePack, texts: readonly string[]): Promise<void> {
  const compiled = compileRules([pack]);
  const interpret = interpretRules([pack]);
  const ask = engineOf(pack, now);
  for (const [index, text] of texts.entries()) {
    const finding = parseFinding(JSON.parse(text));
    const ours = compiled.evaluate(finding, { now }).map(({ rule }) => rule.name);
    const theirs = [interpret(finding, { now }).map(({ rule }) => rule.name)];
    if (index < enginePart) theirs.push(await ask(finding));
    const other = theirs.find((names) => names.join() !== ours.join());
    if (other) {
      const remedy = `ours: ${ours.join(', ')}\ntheirs: ${other.join(', ')}`;
      throw new NotMeasuredError(`finding ${index} is matched by different rules`, remedy);
    }
  }
}

type Count = 100 | 1000;

/** Ours beside the parsing of the same findings, and beside the interpreter. */
function timeRules(pack: RulePack, texts: readonly string[], count: Count): readonly Measurement[] {
  const interpret = interpretRules([pack]);
  const evaluate = evaluateAll(evaluator(pack));
  const held = new Map(batchesOf(texts).map((batch) => [batch, readAll(batch)]));
  const hold = (batch: readonly string[]) => held.get(batch) ?? [];
  const parse = timed({ prepare: (batch) => batch, run: parseAll, runsBefore });
  const ours = timed({ prepare: hold, run: evaluate, runsBefore });
  const fresh = timed({ prepare: readAll, run: evaluate });
  const peer = timed({
    prepare: hold,
    run: evaluateAll((finding) => interpret(finding, { now })),
    runsBefore,
  });
  const many = { rounds, warmUps: 10 };
  const batches = [...held.keys()];
  const [parsed = 0, evaluated = 0] = batchTimes(batches, [parse, ours], many);
  const [parsedAgain = 0, evaluatedFresh = 0] = batchTimes(batches, [parse, fresh], many);
  const [interpreted = 0, again = 0] = batchTimes(batches, [peer, ours], {
    rounds: fewRounds,
    warmUps: 1,
  });
  const { parse: parseLimit, interpreter } = limits[count];
  const parseName = 'JSON.parse';
  return [
    row(count, { ours: evaluated, peer: parsed, peerName: parseName, limit: parseLimit }),
    row(count, { ours: again, peer: interpreted, peerName: 'an interpreter', limit: interpreter }),
    row(count, { ours: evaluatedFresh, peer: parsedAgain, peerName: parseName }, ', just read'),
  ];
}

async function besideEngine(
  pack: RulePack,
  texts: readonly string[],
  count: Count,
): Promise<Measurement> {
  const ask = engineOf(pack, now);
  const findings = readAll(texts.slice(0, enginePart));
  const ours = timed({ prepare: readAll, run: evaluateAll(evaluator(pack)), runsBefore });
  const times = await interleaved(
    {
      ours: async () => batchTimes(batchesOf(texts), [ours], { rounds: 1, warmUps: 0 })[0] ?? 0,
      peer: async () => {
        const started = performance.now();
        for (const finding of findings) await ask(finding);
        return ((performance.now() - started) * texts.length) / findings.length;
      },
    },
    { rounds: fewRounds },
  );
  return row(count, { ...times, peerName: 'json-rules-engine', limit: limits.engine });
}

function row(count: Count, times: Omit<Measurement, 'case' | 'unit'>, how = ''): Measurement {
  return { case: `${count} rules, ${findingCount} findings${how}`, unit: 'ms', ...times };
}

function batchesOf(texts: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, index) =>
    texts.slice(index * batchSize, (index + 1) * batchSize),
  );
}

function parseAll(texts: readonly string[]): void {
  for (const text of texts) JSON.parse(text);
}

function readAll(texts: readonly string[]): readonly Finding[] {
  return texts.map((text) => parseFinding(JSON.parse(text)));
}

function evaluateAll(evaluate: Evaluate): (findings: readonly Finding[]) => void {
  return (findings) => {
    for (const finding of findings) evaluate(finding);
  };
}

function growth(texts: readonly string[]): Measurement {
  const evaluate = evaluator(sampleRules(100));
  const findings = readAll(texts);
  const ours = heapGrowth(() => {
    for (let round = 0; round < evaluations / findings.length; round++)
      for (const finding of findings) evaluate(finding);
  });
  const limit = limits.growthBytes;
  return { case: 'growth of the heap in a million evaluations', unit: 'bytes', ours, limit };
}
