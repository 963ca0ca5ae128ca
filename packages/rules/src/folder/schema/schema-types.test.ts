import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod';
import type {
  Action,
  Channel,
  Condition,
  DateFilter,
  Enrich,
  FieldTest,
  FindingUpdate,
  Grouping,
  Inhibition,
  MapFilter,
  Notify,
  NumberFilter,
  OwnershipEntry,
  OwnerTest,
  ResourceContext,
  Ticket,
  TimeInterval,
} from '../../index.ts';
import type { RuleOrigin } from '../../model/rule.ts';
import type { GivenTagKeys } from '../../model/rule-set.ts';
import type { action, enrich, findingUpdate, grouping, notify, ticket } from './action.ts';
import type { channel, inhibition } from './channel.ts';
import type { condition, fieldTest, ownerTest } from './condition.ts';
import type { origin, ownershipEntry, resourceContext, tagKeys } from './files.ts';
import type { dateFilter, mapFilter, numberFilter } from './filters.ts';
import type { timeInterval } from './time-interval.ts';

type Plain<T> = T extends (infer Item)[] | readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** `true` where each of both takes what the other gives; anything else does not compile below. */
type Same<TSchema extends z.ZodType, TModel> = [Plain<z.infer<TSchema>>] extends [Plain<TModel>]
  ? [Plain<TModel>] extends [Plain<z.infer<TSchema>>]
    ? true
    : 'the schema refuses what the model holds'
  : 'the schema gives what the model does not hold';

const same: readonly [
  Same<typeof action, Action>,
  Same<typeof channel, Channel>,
  Same<typeof condition, Condition>,
  Same<typeof dateFilter, DateFilter>,
  Same<typeof enrich, Enrich>,
  Same<typeof fieldTest, FieldTest>,
  Same<typeof findingUpdate, FindingUpdate>,
  Same<typeof grouping, Grouping>,
  Same<typeof inhibition, Inhibition>,
  Same<typeof mapFilter, MapFilter>,
  Same<typeof notify, Notify>,
  Same<typeof numberFilter, NumberFilter>,
  Same<typeof origin, RuleOrigin>,
  Same<typeof ownershipEntry, OwnershipEntry>,
  Same<typeof ownerTest, OwnerTest>,
  Same<typeof resourceContext, ResourceContext>,
  Same<typeof tagKeys, GivenTagKeys>,
  Same<typeof ticket, Ticket>,
  Same<typeof timeInterval, TimeInterval>,
] = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
];

describe('schemas of rule files', () => {
  it('hold exactly what the model holds, as the compiler has checked', () => {
    expect(same).not.toContain(false);
  });
});
