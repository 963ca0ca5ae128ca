/** Times are medians; everything else is counted. */
export type Unit = 'ms' | 'calls' | 'bytes';

/** One thing measured, and what was promised of it. */
export interface Measurement {
  readonly case: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly peer?: number;
  readonly peerName?: string;
  /**
   * The most that an issue allows. Of a time beside a peer's, the ratio is limited, since machines differ; of everything else, our own
   * figure.
   */
  readonly limit?: number;
}

/** A measurement as the JSON document shows it. */
export interface Result {
  readonly case: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly peer: number | null;
  readonly peerName: string | null;
  /** `ours / peer`. */
  readonly ratio: number | null;
  readonly limit: number | null;
  /** False where the limit is missed. */
  readonly ok: boolean;
}

/** True where the limit is one of the ratio. */
export function limitsRatio({ unit, peer }: Pick<Result, 'unit' | 'peer'>): boolean {
  return unit === 'ms' && peer !== null;
}

/** Holds a measurement against its limit. */
export function judge(measured: Measurement): Result {
  const { unit, ours } = measured;
  const peer = measured.peer ?? null;
  const limit = measured.limit ?? null;
  const ratio = peer === null || peer === 0 ? null : ours / peer;
  const limited = limitsRatio({ unit, peer }) ? ratio : ours;
  return {
    case: measured.case,
    unit,
    ours: rounded(ours),
    peer: peer === null ? null : rounded(peer),
    peerName: measured.peerName ?? null,
    ratio: ratio === null ? null : Number(ratio.toPrecision(3)),
    limit,
    ok: limit === null || (limited !== null && limited <= limit),
  };
}

/** Three decimals: a microsecond, where the unit is a millisecond. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
