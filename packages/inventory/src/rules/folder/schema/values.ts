import { expressionError, strict, text } from '@riposte/rules/folder';
import * as z from 'zod';
import { InvalidPatternError } from '../../../errors.ts';
import { globParts } from '../../glob-parts.ts';

/** As Security Hub writes it. */
export const severity = z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);

/** A glob of names. */
export const glob = text
  .superRefine((value, context) => {
    const problem = globProblem(value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .describe('*: within a folder, **: any folders, ?, [a-z], [!a-z], {one,other}.');

function globProblem(value: string): string | undefined {
  try {
    globParts(value);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidPatternError) return error.problem;
    throw error;
  }
}

const regex = text
  .superRefine((value, context) => {
    const problem = expressionError(value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .describe('RE2 syntax; has to fit the whole name, from its first character to its last.');

/** What a name has to look like. */
export const namePattern = z.union([glob, strict({ regex })]).describe('A glob, or { regex: … }.');

/** Globs, one of which fits. */
export const globs = z.array(glob).min(1);

export const changeKind = z.enum(['created', 'modified', 'deleted']);

/** A type of inventory. */
export const inventoryType = z
  .string()
  .regex(/^(AWS|Custom):[A-Za-z0-9_-]{1,100}$/, 'a type is written AWS:File or Custom:FileHash');
