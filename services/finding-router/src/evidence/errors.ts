import { RouterError } from '../errors.ts';

/** An evidence object lies there already and holds something else: somebody wrote it who is not this service. */
export class EvidenceConflictError extends RouterError {
  override readonly name = 'EvidenceConflictError';
  readonly retryable = false;
  readonly key: string;

  constructor(key: string) {
    super(`evidence object ${key} holds something else`);
    this.key = key;
  }
}

/** Somebody is writing the same object at this moment. */
export class EvidencePendingError extends RouterError {
  override readonly name = 'EvidencePendingError';
  readonly retryable = true;
}

/** Others are writing manifests at the same time, again and again; the objects are stored. */
export class ManifestContentionError extends RouterError {
  override readonly name = 'ManifestContentionError';
  readonly retryable = true;
}

/** The newest manifest cannot be read, so that none can be chained to it. */
export class BrokenChainError extends RouterError {
  override readonly name = 'BrokenChainError';
  readonly retryable = false;
  readonly key: string;

  constructor(key: string, options?: ErrorOptions) {
    super(`${key} is not a manifest`, options);
    this.key = key;
  }
}
