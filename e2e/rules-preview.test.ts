import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hostileFindings, hostileTexts, manyFindings } from '@riposte/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { browserOfMachine } from './rules-preview/browser.ts';
import { ruleFiles } from './rules-preview/rule-files.ts';

jest.setTimeout(120_000);

const execute = promisify(execFile);
const main = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
const executablePath = browserOfMachine();
if (!executablePath)
  process.stderr.write(
    '\nskipped, the page of a preview: no Chromium on PATH; install it, or name a browser as CHROMIUM\n',
  );
const describeInBrowser = executablePath ? describe : describe.skip;

let folder = '';
let page = '';
let report: { readonly timings: Readonly<Record<string, number>>; readonly findings: object };
let browser: Browser | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riposte-preview-'));
  for (const [name, text] of Object.entries(ruleFiles(100)))
    await writeFile(join(folder, name), text);
  const lines = [...hostileFindings(), ...manyFindings(10_000)].map((finding) =>
    JSON.stringify(finding),
  );
  await writeFile(join(folder, 'findings.jsonl'), `${lines.join('\n')}\n{"Id": "half`);
  page = join(folder, 'preview.html');
  const argv = ['rules', 'preview', folder, '--findings', join(folder, 'findings.jsonl')];
  const options = ['--at', '2026-11-24T14:00:00Z', '--html', page, '--json'];
  const { stdout } = await execute(process.execPath, [main, ...argv, ...options], {
    maxBuffer: 1 << 28,
  });
  report = JSON.parse(stdout);
  if (executablePath) browser = await chromium.launch({ executablePath, args: sandbox() });
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Chromium refuses to run its sandbox as root. */
function sandbox(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
}

/** Opens the page, and hears of everything that it asks for or complains of. */
async function open(look: Look, see: (page: Page, heard: readonly string[]) => Promise<void>) {
  const { colorScheme = 'light', width = 1600, javaScriptEnabled = true } = look;
  if (!browser) throw new Error('no browser was started');
  const context = await browser.newContext({
    colorScheme,
    javaScriptEnabled,
    viewport: { width, height: width < 500 ? 1600 : 1200 },
  });
  try {
    const opened = await context.newPage();
    const heard: string[] = [];
    opened.on('request', (request) => heard.push(`request ${request.url()}`));
    opened.on('console', (message) => heard.push(`console ${message.text()}`));
    opened.on('pageerror', (error) => heard.push(`error ${error.message}`));
    opened.on('dialog', (dialog) => heard.push(`dialog ${dialog.message()}`));
    await opened.goto(pathToFileURL(page).href);
    await see(opened, heard);
  } finally {
    await context.close();
  }
}

describeInBrowser('the page of a preview, in a browser', () => {
  it('runs nothing that a finding holds, and asks for nothing', () =>
    open({}, async (opened, heard) => {
      await opened.locator('summary').first().click();
      expect(await opened.evaluate("typeof window.wasHere === 'undefined'")).toBe(true);
      expect(heard).toEqual([`request ${pathToFileURL(page).href}`]);
      expect(await opened.locator('body img, body svg:not(.bar), body iframe').count()).toBe(0);
      for (const shown of ['<script>window.wasHere = 1</script>', 'evil \\u{0}\\u{1b}[31m'])
        expect(await opened.getByText(shown).count()).toBeGreaterThan(0);
    }));

  it.each([
    ['light', 360],
    ['light', 1600],
    ['dark', 360],
    ['dark', 1600],
  ] as const)('fits its width, %s at %d pixels', (colorScheme, width) =>
    open({ colorScheme, width }, async (opened) => {
      expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const shot = join(process.env.RIPOSTE_SCREENSHOTS ?? folder, `${colorScheme}-${width}.png`);
      await opened.screenshot({ path: shot });
      expect((await readFile(shot)).length).toBeGreaterThan(10_000);
    }),
  );

  it('looks different in light and in dark, and readable in both', async () => {
    const seen: unknown[] = [];
    for (const colorScheme of ['light', 'dark'] as const)
      await open({ colorScheme }, async (opened) => {
        const colours = await opened.evaluate<readonly Contrast[]>(contrasts);
        for (const { ratio, of } of colours)
          expect({ of, isEnough: ratio >= 4.5 }).toEqual({ of, isEnough: true });
        seen.push(await opened.evaluate('getComputedStyle(document.body).backgroundColor'));
      });
    expect(new Set(seen).size).toBe(2);
  });

  it('filters and sorts', () =>
    open({}, async (opened) => {
      const rows = opened.locator('#changed tbody tr:visible');
      const before = await rows.count();
      await opened.locator('.tools[data-for=changed] select').selectOption('CRITICAL');
      const critical = await rows.count();
      expect(critical).toBeLessThan(before);
      expect(critical).toBeGreaterThan(0);
      await opened.locator('.tools[data-for=changed] input').fill('no such words');
      expect(await rows.count()).toBe(0);
      const findings = opened.locator('#matches th', { hasText: 'Findings' });
      await findings.getByRole('button').click();
      expect(await findings.getAttribute('aria-sort')).toBe('descending');
      const counts = await opened.locator('#matches tbody tr td:nth-child(3)').allTextContents();
      const numbers = counts.map((text) => Number(text.replaceAll(',', '')));
      expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    }));

  it('says everything without its script', () =>
    open({ javaScriptEnabled: false }, async (opened) => {
      expect(await opened.locator('#changed tbody tr').count()).toBeGreaterThan(100);
      expect(await opened.locator('.tools:visible').count()).toBe(0);
      await opened.locator('summary').first().click();
      expect(await opened.locator('.examples').first().isVisible()).toBe(true);
    }));

  it('has a heading for every part, and names and scopes for its tables', () =>
    open({}, async (opened) => {
      expect(await opened.locator('h1').count()).toBe(1);
      const unnamed = opened.locator(
        'section:not([aria-labelledby]), table:not(:has(caption)), th:not([scope])',
      );
      expect(await unnamed.count()).toBe(0);
    }));
});

describe('a preview of 10,000 findings by 100 rules', () => {
  it('counts them all, says how long it took, and its page has less than 2 MB', async () => {
    expect(report.findings).toMatchObject({ total: 10_000 + hostileTexts.length });
    const { read = 0, evaluate = 0, report: made = 0 } = report.timings;
    process.stdout.write(
      `\npreview: read ${read} ms, evaluated ${evaluate} ms, report ${made} ms\n`,
    );
    expect(Math.min(read, evaluate)).toBeGreaterThan(0);
    expect((await readFile(page)).length).toBeLessThan(2_000_000);
  });
});

interface Contrast {
  readonly of: string;
  readonly ratio: number;
}

/** Contrast of every kind of text with what it stands on; runs in the page. */
const contrasts = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const kinds = ['h1', '.over', '.facts dt', '.facts dd', '.tiles strong', '.tiles span', '.count', 'th', 'td', '.mark', 'summary',
    '.quiet', '.critical', '.high', '.medium', '.low', '.informational', 'footer'];
  return kinds.flatMap((of) => {
    const element = document.querySelector(of + ':not(rect)');
    if (!element) return [];
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))].sort((x, y) => y - x);
    return [{ of, ratio: (a + 0.05) / (b + 0.05) }];
  });
})()`;
