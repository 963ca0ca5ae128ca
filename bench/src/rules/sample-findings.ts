import { randomFrom } from './random.ts';
import { asffSample } from './sample-asff.ts';
import { ocsfSample } from './sample-ocsf.ts';

/** Findings as text, half of them in ASFF and half in OCSF, of 3 to 5 KB each. */
export function sampleTexts(count: number, seed = 4): readonly string[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(index % 2 === 0 ? asffSample(random, index) : ocsfSample(random, index)),
  );
}
