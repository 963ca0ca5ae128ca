/** What stands behind each input of the risk score: ordered levels with their points, and the words that people write for them. */
export interface Scale {
  readonly name: 'business criticality' | 'data classification' | 'environment';
  readonly levels: readonly Level[];
}

export interface Level {
  readonly level: string;
  readonly points: number;
  /** Other words for it. Case, spaces, `-` and `_` make no difference. */
  readonly also: readonly string[];
}

export const businessCriticality: Scale = {
  name: 'business criticality',
  levels: [
    { level: 'low', points: 0, also: ['minor', 'tier 4', 'p4', '4'] },
    { level: 'medium', points: 5, also: ['moderate', 'normal', 'tier 3', 'p3', '3'] },
    { level: 'high', points: 10, also: ['important', 'major', 'tier 2', 'p2', '2'] },
    {
      level: 'critical',
      points: 15,
      also: ['mission critical', 'business critical', 'very high', 'tier 1', 'tier 0', 'p1', '1'],
    },
  ],
};

export const dataClassification: Scale = {
  name: 'data classification',
  levels: [
    { level: 'public', points: 0, also: ['open', 'unclassified', 'none'] },
    { level: 'internal', points: 3, also: ['internal use', 'internal only', 'private', 'general'] },
    { level: 'confidential', points: 7, also: ['sensitive', 'pii', 'personal'] },
    {
      level: 'restricted',
      points: 10,
      also: ['secret', 'highly confidential', 'strictly confidential', 'pci', 'phi', 'cardholder'],
    },
  ],
};

export const environment: Scale = {
  name: 'environment',
  levels: [
    {
      level: 'development',
      points: 0,
      also: ['dev', 'test', 'testing', 'qa', 'sandbox', 'lab', 'nonprod', 'non production'],
    },
    {
      level: 'staging',
      points: 3,
      also: ['stage', 'stg', 'preprod', 'pre production', 'uat', 'acceptance', 'integration'],
    },
    { level: 'production', points: 8, also: ['prod', 'prd', 'live'] },
  ],
};

/**
 * The level that a word stands for; undefined where it is none that is known, which is said and not guessed.
 *
 * @example
 * levelOf(environment, 'PROD')?.level; // 'production'
 */
export function levelOf(scale: Scale, word: string): Level | undefined {
  const wanted = plain(word);
  return scale.levels.find(({ level, also }) =>
    [level, ...also].some((known) => plain(known) === wanted),
  );
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}
