import { escapeText } from '@riposte/findings';
import { createEngine, createRenderer } from './liquid-engine.ts';

/** Renders a Liquid template over what is known of a finding; text that is not a template comes back as it is. */
export type RenderText = (template: string, data: Readonly<Record<string, unknown>>) => string;

/** A value is cut here: tickets and notes take more, systems behind them may not. */
const longest = 4_000;

/**
 * Renders templates of notes, tickets and parameters. Text of findings is escaped as plain text; who puts it into markup escapes it once more. A template
 * that fails comes back as it stands: rules are checked when they are packaged.
 */
export function textRenderer(): RenderText {
  const render = createRenderer(
    createEngine({ print: (value) => escapeText(textOf(value), longest) }),
  );
  return (template, data) => {
    if (!template.includes('{{') && !template.includes('{%')) return template;
    try {
      return render(template, data);
    } catch {
      return template;
    }
  };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
