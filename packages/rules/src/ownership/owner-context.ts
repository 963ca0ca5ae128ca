import type { ResourceContext } from '../model/rule-set.ts';
import type { Owners } from './compile-ownership.ts';

/** What is known of a finding's resources, where it was found, and in words what could not be read. */
export interface OwnerContext extends ResourceContext {
  readonly origins: Owners['origins'];
  readonly problems: readonly string[];
}

/** Without where it was found, and what could not be read. */
export function contextOnly({
  origins: _origins,
  problems: _problems,
  ...context
}: OwnerContext): ResourceContext {
  return context;
}
