import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { errorFacts, loadConfig } from './index.ts';

describe('loadConfig', () => {
  const schema = z.object({ STATE_TABLE_NAME: z.string().min(1) });

  it('reads the environment', () => {
    expect(loadConfig(schema, { STATE_TABLE_NAME: 'state', OTHER: 'x' })).toEqual({
      STATE_TABLE_NAME: 'state',
    });
  });

  it('names the variable that is missing', () => {
    expect(() => loadConfig(schema, {})).toThrow(
      expect.objectContaining({ name: 'MisconfiguredError', path: 'STATE_TABLE_NAME' }),
    );
  });

  it('names the environment where no variable is to blame', () => {
    const never = z.object({}).refine(() => false);
    expect(() => loadConfig(never, {})).toThrow(expect.objectContaining({ path: '(environment)' }));
  });
});

describe('errorFacts', () => {
  it('takes an error that does not say for one that a retry may mend', () => {
    expect(errorFacts(new TypeError('t'))).toEqual({
      name: 'TypeError',
      message: 't',
      permanent: false,
    });
  });

  it('takes what is no error for one that a retry may mend', () => {
    expect(errorFacts('gone')).toEqual({ name: 'UnknownError', message: 'gone', permanent: false });
  });

  it('keeps the path of the wrong field', () => {
    const error = Object.assign(new TypeError('t'), { retryable: false, path: 'a.b' });
    expect(errorFacts(error)).toMatchObject({ permanent: true, path: 'a.b' });
  });
});
