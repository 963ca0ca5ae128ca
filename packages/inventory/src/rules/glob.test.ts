import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askedName, compileNames, compileTexts } from './compile-names.ts';

const fits = (glob: string, name: string, type = 'AWS:File') =>
  compileNames([{ glob }])(askedName(type, name));

describe('a glob', () => {
  it.each([
    ['/etc/*', '/etc/passwd', true],
    ['/etc/*', '/etc/.hidden', true],
    ['/etc/*', '/etc/cron.d/job', false],
    ['/etc/**', '/etc/cron.d/job', true],
    ['/etc/**', '/etcetera/job', false],
    ['/etc/**/*.conf', '/etc/a.conf', true],
    ['/etc/**/*.conf', '/etc/a/b/c.conf', true],
    ['/etc/**/*.conf', '/etc/a/b/conf', false],
    ['**/*.swp', '/srv/www/.index.php.swp', true],
    ['/etc/cron.{daily,hourly}/*', '/etc/cron.hourly/x', true],
    ['/etc/cron.{daily,hourly}/*', '/etc/cron.monthly/x', false],
    ['/etc/{passwd,shadow}{,-}', '/etc/shadow-', true],
    ['/etc/{a,{b,c}d}', '/etc/cd', true],
    ['{/usr,}/bin/**', '/bin/sh', true],
    ['/etc/pam.d/[a-c]?', '/etc/pam.d/b1', true],
    ['/etc/pam.d/[!a-c]?', '/etc/pam.d/b1', false],
    ['/srv/[[]x[]]', '/srv/[x]', true],
    ['/srv/[*]', '/srv/*', true],
    ['/srv/[*]', '/srv/a', false],
    ['/srv/a.b', '/srv/aXb', false],
    ['/srv/a+(b)|c^$', '/srv/a+(b)|c^$', true],
    ['/etc/passwd', '/etc/passwd-', false],
    ['/etc/passwd', '/etc/PASSWD', false],
  ])('%s, asked for %s: %s', (glob, name, expected) => {
    expect(fits(glob, name)).toBe(expected);
  });

  it.each([
    ['C:/Windows/System32/**', 'c:\\WINDOWS\\system32\\drivers\\etc\\hosts', true],
    ['C:\\Windows\\System32\\drivers\\etc\\*', 'C:\\Windows\\System32\\drivers\\etc\\hosts', true],
    ['?:/Windows/*', 'D:\\windows\\win.ini', true],
    ['?:/Windows/*', 'D:\\windows\\a\\b', false],
    ['C:/Straße/**', 'c:\\STRAßE\\a', true],
    ['C:/Été/*.txt', 'c:\\éTÉ\\a.TXT', true],
    ['//server/share/**', '\\\\SERVER\\share\\a', true],
  ])('%s takes either slash and any case on Windows: %s', (glob, name, expected) => {
    expect(fits(glob, name)).toBe(expected);
  });

  it('takes a backslash in a name on Linux for what it is: a character', () => {
    expect(fits('/srv/*', '/srv/a\\b')).toBe(true);
    expect(fits('/srv/a/b', '/srv/a\\b')).toBe(false);
  });

  it('takes line breaks and separators of lines in names for characters', () => {
    for (const name of ['/etc/a\nb', '/etc/a\u2028b', '/etc/a\u0085', '/etc/\ud800'])
      expect(fits('/etc/*', name)).toBe(true);
  });

  it('compares names that are no paths in any case, and goes through slashes', () => {
    expect(fits('*WinRM*', 'winrm', 'AWS:Service')).toBe(true);
    expect(fits('open*', 'OpenSSL/FIPS', 'AWS:Application')).toBe(true);
    expect(
      fits(
        'HKEY_LOCAL_MACHINE/**/Run/*',
        'HKEY_local_machine\\A\\B\\RUN\\x',
        'AWS:WindowsRegistry',
      ),
    ).toBe(true);
  });

  it('takes ids and tags in their own case', () => {
    const test = compileTexts(['i-0abc*', 'Prod/*']);
    expect(['i-0abcdef', 'Prod/a/b', 'prod/a', 'i-1'].map(test)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['nothing', '', 'holds something'],
    ['an open class', '/etc/[ab', 'write [[] for the character itself'],
    ['an open brace', '/etc/{a,b', 'write [{] for the character itself'],
    ['a range backwards', '/etc/[z-a]', 'z-a ends before it starts'],
    ['a named class', '/etc/[[:alpha:]]', 'write [a-z]'],
    ['nine braces', '{'.repeat(9), 'nested'],
    ['a long one', `/${'a'.repeat(1024)}`, 'at most 1024'],
  ])('is refused: %s', (_, glob, problem) => {
    expect(() => compileNames([{ glob }])).toThrow(problem);
  });

  it('fits what it was made of, whatever signs that holds', () => {
    const piece = fc
      .string({ unit: 'binary', minLength: 1 })
      .map((text) => text.replaceAll(/[/\\]/g, 'x'));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
        const name = `/${pieces.join('/')}`;
        const glob = `/${pieces.map((text) => [...text].map((sign) => ('*?[{'.includes(sign) ? `[${sign}]` : sign)).join('')).join('/')}`;
        return (
          glob.length > 1024 ||
          (fits(glob, name) && fits(`/**/${glob.slice(glob.lastIndexOf('/') + 1)}`, name))
        );
      }),
    );
  });

  it('takes time in proportion to a name that is made to take long', () => {
    const glob = '/a/**/a*a*a*a*a*a*a*a*b/**/c';
    const started = performance.now();
    expect(fits(glob, `/a/${'a'.repeat(4090)}`)).toBe(false);
    expect(fits(glob, `/a/${'a/'.repeat(2045)}c`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
