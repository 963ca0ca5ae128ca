import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RulesDesk, rulesDesk, sampleChannels, samplePack } from '../testing/rules-desk.ts';

let desk: RulesDesk;
beforeEach(async () => {
  desk = await rulesDesk();
});
afterEach(() => desk.clear());

const wrong =
  'pack: b\nrules:\n  - name: a\n    when: { asff: { SeverityLable: [] } }\n    then: []\n';

describe('riposte rules check', () => {
  it('says that nothing is wrong', async () => {
    await desk.write({ 'r/a.rules.yaml': samplePack, 'r/channels.yaml': sampleChannels });
    const { out, status } = await desk.rules(['check', 'r']);
    expect(out).toContain('r: 2 rules');
    expect(status).toBe(0);
  });

  it('names file, line and column of what is wrong, and what would be right', async () => {
    await desk.write({ 'r/b.rules.yaml': wrong });
    const { out, status } = await desk.rules(['check', 'r']);
    expect(out).toMatch(/b\.rules\.yaml:4:\d+ error .*SeverityLable.*SeverityLabel/);
    expect(status).toBe(1);
  });

  it('says what is doubtful, and holds that to be wrong only when it is told to', async () => {
    const rule = (name: string, more = '') =>
      `  - { name: ${name}, when: { always: true }, then: [{ enrich: { with: [owner] } }]${more} }\n`;
    const pack = `pack: b\nrules:\n${rule('all', ', order: 1, terminal: true')}${rule('late')}`;
    await desk.write({ 'r/b.rules.yaml': pack });
    const { out, status } = await desk.rules(['check', 'r']);
    expect(out).toMatch(/b\.rules\.yaml:4:\d+ warning .*b\/all/);
    expect(out).toMatch(/0 errors, [1-9]\d* warnings?$/);
    expect(status).toBe(0);
    expect((await desk.rules(['check', 'r', '--strict'])).status).toBe(1);
  });

  it('gives the same as one JSON document', async () => {
    await desk.write({ 'r/b.rules.yaml': wrong });
    const { out, status } = await desk.rules(['check', 'r', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      folder: 'r',
      ok: false,
      problems: [{ severity: 'error', file: 'b.rules.yaml', line: 4 }],
    });
    expect(status).toBe(1);
  });

  it('finds the rules of the checkout that it runs in', async () => {
    await desk.write({
      'services/finding-router/rules/a.rules.yaml': samplePack,
      'services/finding-router/rules/channels.yaml': sampleChannels,
    });
    expect((await desk.rules(['check'])).out).toContain('services/finding-router/rules: 2 rules');
  });

  it('asks for a folder elsewhere', async () => {
    await expect(desk.rules(['check'])).rejects.toMatchObject({ field: 'DIR', exitCode: 2 });
    await expect(desk.rules(['check', 'x'])).rejects.toMatchObject({
      field: 'DIR',
      message: expect.stringContaining('there is no folder'),
    });
  });
});
