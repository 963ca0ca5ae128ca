import { describe, expect, it } from '@jest/globals';
import { frameworksOf } from './control-frameworks.ts';
import controls from './controls.json' with { type: 'json' };
import { csfCategoriesOf } from './csf-categories.ts';

describe('frameworksOf', () => {
  it('names the requirements of a control, and what they stand for in NIST CSF', () => {
    expect(frameworksOf('S3.4')).toEqual({
      id: 'S3.4',
      title: expect.stringContaining('encryption'),
      severity: 'MEDIUM',
      collected: true,
      requirements: {
        'CIS AWS Foundations Benchmark 1.4.0': ['2.1.1'],
        'PCI DSS 3.2.1': ['3.4'],
        'NIST SP 800-53 Rev. 5': expect.arrayContaining(['SC-28(1)', 'AU-9']),
        'NIST CSF 2.0': ['DE.CM', 'ID.AM', 'PR.DS', 'PR.IR', 'PR.PS'],
      },
    });
  });

  it('tells a control without requirements from one that nobody has collected', () => {
    expect(frameworksOf('Athena.4')).toMatchObject({ requirements: {}, collected: true });
    expect(frameworksOf('ACM.2')).toMatchObject({ requirements: {}, collected: false });
  });

  it.each(['constructor', '', 'S3.9999'])('knows no control %j', (id) => {
    expect(frameworksOf(id)).toBeUndefined();
  });

  it('reads every control of the data, with ids in the form of their standard', () => {
    const form = /^(?:[A-Z]{2}-\d+(?:\(\d+\))?|[A-Z]{2}\.[A-Z]{2}|\d+(?:\.\d+)*)$/;
    const ids = Object.keys(controls);
    expect(ids).toHaveLength(510);
    for (const id of ids) {
      const known = frameworksOf(id);
      expect(known?.severity).toMatch(/^(?:LOW|MEDIUM|HIGH|CRITICAL)$/);
      for (const requirements of Object.values(known?.requirements ?? {})) {
        expect(requirements.filter((requirement) => !form.test(requirement))).toEqual([]);
      }
    }
  });
});

describe('csfCategoriesOf', () => {
  it('takes enhancements as their control, and unlisted controls by their family', () => {
    expect(csfCategoriesOf(['SC-28(1)', 'AC-6', 'AC-6(9)', 'PE-3'])).toEqual(['PR.AA', 'PR.DS']);
  });

  it('knows nothing of other words', () => {
    expect(csfCategoriesOf(['constructor-1', 'XX-1', ''])).toEqual([]);
  });
});
