import { describe, expect, it } from '@jest/globals';
import { askedName, compileNames } from './compile-names.ts';
import { quickStartRules } from './quick-start.ts';

/** The patterns that a setting holds. */
const patternsOf = (setting: string) =>
  quickStartRules(setting).flatMap(({ include }) =>
    include.map((pattern) => ('python' in pattern ? pattern.python : '')),
  );
const names = (setting: string, path: string) =>
  compileNames(quickStartRules(setting).flatMap(({ include }) => include))(
    askedName('AWS:File', path),
  );

describe('the quick start', () => {
  it('is the pattern and the severity of the published walkthrough', () => {
    const [rule] = quickStartRules('^/etc/paymentapp/config.*$', 'MEDIUM');
    expect(rule).toMatchObject({ id: 'quick-start', severity: 'medium', policy: 'readonly' });
    expect(names('^/etc/paymentapp/config.*$', '/etc/paymentapp/config.yaml')).toBe(true);
    expect(names('^/etc/paymentapp/config.*$', '/etc/paymentapp/other')).toBe(false);
  });

  it('makes no rule where no pattern is given', () => {
    for (const setting of [undefined, '', ' ', ' , ,'])
      expect(quickStartRules(setting)).toEqual([]);
  });

  it.each([
    ['/etc/a{1,3},/srv', ['/etc/a{1,3}', '/srv']],
    ['/etc/[,;]x, /srv ', ['/etc/[,;]x', '/srv']],
    ['/etc/[],]x,/srv', ['/etc/[],]x', '/srv']],
    ['/(a,b|c(d,e)),/srv', ['/(a,b|c(d,e))', '/srv']],
    ['(?i)/etc/a,/srv', ['(?i)/etc/a', '/srv']],
    ['/etc/a\\,b,/srv', ['/etc/a\\,b', '/srv']],
    ['/etc/\\[a,/srv]', ['/etc/\\[a', '/srv]']],
    ['/etc/(?P<x>a,b),/srv', ['/etc/(?P<x>a,b)', '/srv']],
  ])('splits %s where a comma belongs to no expression', (setting, expected) => {
    expect(patternsOf(setting)).toEqual(expected);
  });

  it.each([
    // Anchored at the start, open at the end.
    ['/etc/passwd', '/etc/passwd', true],
    ['/etc/passwd', '/etc/passwd-', true],
    ['/etc/passwd', '/srv/etc/passwd', false],
    ['/etc/passwd$', '/etc/passwd-', false],
    ['/etc/passwd$', '/etc/passwd\n', true],
    ['/etc/passwd\\Z', '/etc/passwd\n', false],
    ['.*/config$', '/srv/config', true],
    ['/a|/b', '/b/c', true],
    ['/etc/a{,2}$', '/etc/aa', true],
    ['/etc/a{,2}$', '/etc/aaa', false],
    ['/etc/\\w+$', '/etc/größe', true],
    ['/etc/[\\w.]+$', '/etc/größe.txt', true],
    ['/etc/\\d$', '/etc/٣', true],
    ['/etc/a\\sb', '/etc/a\u00a0b', true],
    ['/etc/[[:x]$', '/etc/[', true],
    ['/etc/{x}', '/etc/{x}', true],
    ['/etc/\\é', '/etc/é', true],
    ['(?P<dir>/etc)/x', '/etc/x', true],
    ['(?i)/ETC/x', '/etc/X', true],
    ['(?m)/etc/a$', '/etc/a\nb', true],
    ['/etc/x', '/ETC/x', false],
  ])('takes %s for %j as re.match does: %s', (pattern, path, expected) => {
    expect(names(pattern, path)).toBe(expected);
  });

  it('misses no name with a line break in it, as a dot of Python would', () => {
    expect(names('^/etc/paymentapp/config.*$', '/etc/paymentapp/config\nevil')).toBe(true);
    expect(names('^/etc/paymentapp/config.*$', '/etc/paymentapp/config\u2028evil')).toBe(true);
  });

  it.each([
    ['^C:\\\\App\\\\a\\.exe$', 'C:\\App\\a.exe'],
    ['^C:\\\\App\\\\a\\.exe$', 'c:\\app\\A.EXE'],
    // As the published sample joins them.
    ['^C:\\\\App/a\\.exe$', 'C:\\App\\a.exe'],
  ])('takes %s for a path of Windows', (pattern, path) => {
    expect(names(pattern, path)).toBe(true);
  });

  it.each([
    ['/etc/(a', 'missing closing )'],
    ['/etc/[a,/srv', 'missing closing ]'],
    ['/etc/a)', 'unexpected )'],
    ['*.conf', 'missing argument to repetition operator'],
    ['/etc/(?=a)', '(?='],
    ['/etc/(?<!a)b', '(?<!'],
    ['/etc/(a)\\1', '\\1'],
    ['/etc/\\Qa', '\\Q means nothing here'],
    ['/etc/a++', '++'],
    ['/etc/{passwd,shadow}', 'write (passwd|shadow)'],
    ['/etc/[^\\W]', 'cannot stand in [^…]'],
    ['config.*', 'write .*config.*'],
    ['^etc/passwd', 'fits no path'],
  ])('refuses %s, and says why', (pattern, problem) => {
    expect(() => quickStartRules(pattern)).toThrow(problem);
    expect(() => quickStartRules(pattern)).toThrow('CRITICAL_FILE_PATTERNS');
  });

  it('refuses a severity that Security Hub does not know', () => {
    expect(() => quickStartRules('/etc', 'medium')).toThrow('did you mean MEDIUM?');
    expect(() => quickStartRules('/etc', 'URGENT')).toThrow(
      'SEVERITY_LABEL: "URGENT" is none of INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL',
    );
  });

  it('takes no longer where a path is made to take long', () => {
    const started = performance.now();
    names('^/etc/(.*/)*[a-z]+\\.conf$', `/etc/${'a/'.repeat(2045)}!`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
