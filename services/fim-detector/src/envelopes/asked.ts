import type { LookedObject } from '../look-at/look-at.ts';

/** What a message of the detector's queue asks for. */
export interface Asked {
  /** Inventories to look at. */
  readonly objects: readonly LookedObject[];
  /** Findings that could not be handed in before, unread. */
  readonly findings: readonly unknown[];
  /** Events that ask for nothing: their object is no inventory of a node, or they say nothing about its content. */
  readonly passedOver: number;
  /** Events of a bucket that keeps no versions: what was there before is lost. */
  readonly unversioned: number;
}

export const nothing: Asked = { objects: [], findings: [], passedOver: 0, unversioned: 0 };

/** What an event that asks for nothing is. */
export const passedOver: Asked = { ...nothing, passedOver: 1 };

/** What several parts of a message ask for together. */
export function together(parts: readonly Asked[]): Asked {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    findings: parts.flatMap(({ findings }) => findings),
    passedOver: sum(parts.map((part) => part.passedOver)),
    unversioned: sum(parts.map((part) => part.unversioned)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
