import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { terminalOn } from './terminal.ts';

function terminal({ isTTY = true } = {}) {
  const streams = {
    input: Object.assign(new PassThrough(), { isTTY }),
    output: new PassThrough(),
    errors: Object.assign(new PassThrough(), { isTTY }),
  };
  return { ...streams, on: terminalOn(streams) };
}

describe('terminalOn', () => {
  it('keeps results and notes apart', () => {
    const { on, output, errors } = terminal();
    on.print('result');
    on.note('note');
    expect(String(output.read())).toBe('result\n');
    expect(String(errors.read())).toBe('note\n');
  });

  it.each([
    ['y', true],
    ['YES', true],
    ['', false],
    ['yesterday', false],
  ])('takes %j for %s', async (answer, isYes) => {
    const { on, input, errors } = terminal();
    const confirmed = on.confirm('Sure?');
    input.write(`${answer}\n`);
    expect(await confirmed).toBe(isYes);
    expect(String(errors.read())).toContain('Sure? [y/N]');
  });

  it('takes an input that ends for no', async () => {
    const { on, input } = terminal();
    const confirmed = on.confirm('Sure?');
    input.end();
    expect(await confirmed).toBe(false);
  });

  it('knows whether somebody sits in front', () => {
    expect(terminal().on.isInteractive).toBe(true);
    expect(terminal({ isTTY: false }).on.isInteractive).toBe(false);
  });
});
