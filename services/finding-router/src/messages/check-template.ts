import { createEngine } from '@riposte/notifications/templates';
import { Drop, type Liquid, type Template } from 'liquidjs';
import type { NotifiedFinding } from '../delivery.ts';
import type { MessageData } from './message-data.ts';
import { scopeOf } from './template-scope.ts';

/** What is wrong with a template, and where in it. */
export interface TemplateProblem {
  /** A warning is a variable that is always empty. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

const engine = createEngine({ print: String, strict: true });
const statuses: readonly MessageData['status'][] = [
  'firing',
  'resolved',
  'acknowledged',
  'escalated',
];

/**
 * Finds what is wrong with a Liquid template of a channel or rule, before a message needs it: syntax, unknown tags and filters, variables that no message has.
 *
 * @example
 * checkTemplate('{{ finding.titel }}')?.message; // 'undefined variable: finding.titel'
 */
export function checkTemplate(text: string): TemplateProblem | undefined {
  try {
    const template = engine.parse(text);
    return unknownVariable(engine, template) ?? triedOut(template);
  } catch (error) {
    return problemOf(error);
  }
}

/** Branches that no sample takes are looked at too, as far as a variable is named without detours. */
function unknownVariable(liquid: Liquid, template: Template[]): TemplateProblem | undefined {
  const known = new Set(Object.keys(sampleScope('firing')));
  const { globals } = liquid.analyzeSync(template);
  const name = Object.keys(globals).find((root) => !known.has(root));
  const place = name === undefined ? undefined : globals[name]?.[0]?.location;
  if (name === undefined) return undefined;
  return {
    severity: 'warning',
    message: `undefined variable: ${name}; known are ${[...known].join(', ')}`,
    line: place?.row ?? 1,
    column: place?.col ?? 1,
  };
}

function triedOut(template: Template[]): TemplateProblem | undefined {
  for (const status of statuses) engine.renderSync(template, sampleScope(status));
  return undefined;
}

function problemOf(error: unknown): TemplateProblem {
  const { name, message, token } = partsOf(error);
  const [line, column] = positionOf(token);
  return {
    severity: name === 'UndefinedVariableError' ? 'warning' : 'error',
    message: `${message}`.replace(/, line:\d+, col:\d+$/, ''),
    line,
    column,
  };
}

function partsOf(error: unknown): { name?: unknown; message?: unknown; token?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}

function positionOf(token: unknown): readonly [number, number] {
  if (typeof token !== 'object' || token === null || !('getPosition' in token)) return [1, 1];
  if (typeof token.getPosition !== 'function') return [1, 1];
  const position: unknown = token.getPosition();
  const [line, column] = Array.isArray(position) ? position : [];
  return [typeof line === 'number' ? line : 1, typeof column === 'number' ? column : 1];
}

/** Labels are named by rules: any is known. */
class AnyLabel extends Drop {
  override liquidMethodMissing(): string {
    return 'value';
  }
}

function sampleScope(status: MessageData['status']): object {
  return { ...scopeOf({ ...sample, status }), labels: new AnyLabel() };
}

/** Has every field that a message can have. */
const finding: Required<NotifiedFinding> = {
  key: 'key',
  format: 'asff',
  id: 'id',
  productArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  title: 'Bucket is public',
  severity: 'CRITICAL',
  accountId: '123456789012',
  region: 'eu-west-1',
  resource: 'arn:aws:s3:::reports',
  resourceType: 'AwsS3Bucket',
  owner: 'payments',
  team: 'payments-team',
  rule: 's3-public',
  workflow: 'NEW',
  recordState: 'ACTIVE',
  riskScore: 85,
  url: 'https://eu-west-1.console.aws.amazon.com/securityhub/home',
  since: '2026-05-01T12:00:00.000Z',
  change: 'new',
};

const sample: MessageData = {
  channel: 'soc',
  groupKey: 'group',
  status: 'firing',
  labels: {},
  findings: [finding, { ...finding, severity: 'HIGH' }],
  total: 23,
  at: '2026-05-01T12:00:00.000Z',
  repeat: 1,
  counts: { new: 1, changed: 0, acknowledged: 0, resolved: 0, open: 1 },
  acknowledgedBy: [{ by: 'ana', at: '2026-05-01T12:00:00.000Z', via: 'slack' }],
  level: 1,
  collected: 2,
};
