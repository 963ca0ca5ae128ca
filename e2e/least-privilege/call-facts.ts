import type { RecordedCall } from '@riposte/local-stage';

/** What a call needs to be allowed. */
export interface Need {
  /** E.g. `sns:Publish`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys that AWS fills in for this action. */
  readonly context?: Readonly<Record<string, string>>;
}

/** What is known of a call when its needs are looked up. */
export interface Facts {
  readonly parameters: RecordedCall['parameters'];
  /** An ARN in the call's account and Region. */
  readonly arn: (service: string, resource: string) => string;
}

export type Needs = (call: Facts) => readonly Need[];

/** An action that knows no resource. */
export function anywhere(action: string): Needs {
  return () => [{ action, resource: '*' }];
}

/** A name in the call's account and Region, or an ARN as it is. */
export function arnOr(name: string, asArn: (name: string) => string): string {
  return name.startsWith('arn:') ? name : asArn(name);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): readonly string[] {
  return list(value).map(text);
}

export function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : text(value) !== '';
}
