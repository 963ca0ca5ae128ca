import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { MalformedServiceEventError } from '../errors.ts';
import type { AccountRegion } from '../types.ts';
import type { ServiceEvent } from './types.ts';

const schema = z.looseObject({
  version: z.string().default('0'),
  id: z.string().optional(),
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  account: z.string().optional(),
  region: z.string().optional(),
  time: z.string().optional(),
  resources: z.array(z.string()).default([]),
  detail: z.looseObject({}),
});

/**
 * Reads an event to be delivered; what an envelope may lack (id, account, Region, time) is filled in, as a sample's may be.
 *
 * @throws MalformedServiceEventError naming the first wrong field.
 */
export function parseServiceEvent(input: unknown, home: AccountRegion): ServiceEvent {
  const { success, data, error } = schema.safeParse(input);
  if (!success)
    throw new MalformedServiceEventError(error.issues[0]?.path.join('.') || '(root)', {
      cause: error,
    });
  return {
    ...data,
    id: data.id || randomUUID(),
    account: data.account || home.accountId,
    region: data.region || home.region,
    time: data.time || new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}
