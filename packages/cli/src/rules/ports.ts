import type { DeploymentOptions } from '../deployment-options.ts';
import type { Terminal } from '../terminal.ts';
import type { FindingSource } from './findings/finding-source.ts';
import type { RouterMemory } from './route/router-memory.ts';

/** How far reading has come. */
export interface LiveProgress {
  readonly findings: number;
  /** 0 to 1, as far as it can be known. */
  readonly part?: number;
}

/** Which live findings are wanted. */
export interface LiveQuery {
  /** ISO 8601: findings that were updated since. */
  readonly since: string;
  readonly now: Date;
  onProgress?(progress: LiveProgress): void;
}

/** Automation rules as an API answers them, and where one of the APIs could not be asked. */
export interface LiveRules {
  readonly rules: readonly unknown[];
  /** What could not be read, in words. */
  readonly gaps: readonly string[];
}

/** What the `rules` commands ask of Security Hub. Nothing is changed. */
export interface SecurityHubPorts {
  /** Findings of both APIs; an API that is not enabled is a gap. */
  findings(query: LiveQuery): FindingSource;
  /** Findings with this id, in both formats. */
  findingsById(id: string): FindingSource;
  /** Automation rules of Security Hub CSPM. */
  rulesV1(): Promise<LiveRules>;
  /** Automation rules of Security Hub. */
  rulesV2(): Promise<LiveRules>;
}

/** What the `rules` commands run on. */
export interface RulesDependencies {
  readonly terminal: Terminal;
  readonly cwd: string;
  /** Standard input. */
  readonly input: AsyncIterable<Uint8Array>;
  openSecurityHub(options: DeploymentOptions): Promise<SecurityHubPorts>;
  /** @throws NotDeployedError where there is no finding router. */
  openMemory(options: DeploymentOptions): Promise<RouterMemory>;
  /** Sets the exit status of a command that ends without an error. */
  exitWith(code: number): void;
}
