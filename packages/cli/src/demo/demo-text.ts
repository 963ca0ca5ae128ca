import { escapeText } from '@riposte/findings';
import type { DemoReport } from './demo-report.ts';

/** What people read when the demo has ended: the message, the proof in one screen, and what to try next. */
export function demoText(report: DemoReport): string {
  const { ok, seconds, failed, message, restart, duplicates, deadLetter } = report;
  const { routed, takesEffect } = report;
  const sections = [
    message ? messageBox(message) : [],
    failed
      ? [`FAILED at "${failed.step}": ${failed.reason}`]
      : [
          `Done in ${seconds} s. The trail was off for ${restart?.milliseconds} ms, one person was told once,`,
          `${duplicates?.delivered} duplicates changed nothing, and what could not be read lies in ${deadLetter?.queue}.`,
          `A finding of ${routed?.providerSeverity} severity became ${routed?.severity} for its owner ${routed?.owner}, with one ticket and one message;`,
          `a rule was previewed and enabled, and made the next one ${takesEffect?.severity}.`,
        ],
    ok
      ? nextSteps
      : ['Look closer: npm run -s demo -- --json, or npm run riposte -- stage up --deploy'],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function messageBox({
  subject,
  body,
}: {
  readonly subject: string;
  readonly body: string;
}): readonly string[] {
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line) => `  | ${escapeText(line, 2000)}`);
  return ['What the security contact reads:', `  | Subject: ${subject}`, '  |', ...lines];
}

const nextSteps = [
  'Try next:',
  '  npm run riposte -- stage up --deploy          the same, and it stays up',
  '  npm run riposte -- stage play stop-trail      stop a trail; also: weaken-trail, delete-trail, finding-asff, …',
  '  npm run riposte -- stage events               see what every function did',
  '  npm run riposte -- rules test                 the routing rules that ship, tried on their cases',
  '  npm run riposte -- stage down                 and nothing is left',
  '  npm run deploy -- --stage prod --region eu-west-1 --param contactEmail=you@example.com    deploy it to AWS (README)',
];
