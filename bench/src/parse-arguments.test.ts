import { describe, expect, it } from '@jest/globals';
import { exitCodes, UnknownArgumentError } from './errors.ts';
import { parseArguments } from './parse-arguments.ts';

const known = ['guard', 'router'];

describe('parseArguments', () => {
  it('takes every benchmark where none is named', () => {
    expect(parseArguments([], known)).toEqual({ names: known, json: false });
  });

  it('takes names and --json in any order, each once', () => {
    expect(parseArguments(['--json', 'guard', 'guard'], known)).toEqual({
      names: ['guard'],
      json: true,
    });
  });

  it('rejects an unknown name with those that there are', () => {
    try {
      parseArguments(['gaurd'], known);
      throw new Error('not rejected');
    } catch (error) {
      expect(error).toBeInstanceOf(UnknownArgumentError);
      expect(error).toMatchObject({
        message: 'there is no benchmark "gaurd"',
        remedy: 'benchmarks: guard, router',
        exitCode: exitCodes.usage,
      });
    }
  });

  it.each(['--jsno', '-j', '--json=true', '--'])('rejects the option %s', (option) => {
    expect(() => parseArguments([option], known)).toThrow(`there is no option ${option}`);
  });
});
