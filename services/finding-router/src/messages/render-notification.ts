import { escapeText } from '@riposte/findings';
import { createEngine, createRenderer } from '@riposte/notifications/templates';
import type { ChannelType } from '@riposte/rules';
import { markerOf, writeOut } from './channel-dialects.ts';
import { limitsOf } from './channel-limits.ts';
import { defaultTemplates } from './default-templates.ts';
import type { MessageData, MessageTemplates, MessageText } from './message-data.ts';
import { scopeOf } from './template-scope.ts';

type Renderer = ReturnType<typeof createRenderer>;

const renderers = new Map<ChannelType, Renderer>();

/**
 * The words of a notification for one type of channel. Somebody else's text appears escaped for that channel, the template's own does not,
 * and both are cut to what the channel takes. A template that fails is replaced by the default, since a message in other words beats none.
 *
 * @example
 * renderNotification(data, 'slack').title; // 'CRITICAL: Bucket is public (123456789012, eu-west-1)'
 */
export function renderNotification(
  data: MessageData,
  type: ChannelType,
  templates: MessageTemplates = {},
): MessageText {
  const usual = defaultTemplates(type);
  const scope = scopeOf(data);
  try {
    return render(type, { ...usual, ...given(templates) }, scope);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'failed';
    return { ...render(type, usual, scope), problem: escapeText(said, 300) };
  }
}

function render(
  type: ChannelType,
  templates: Required<MessageTemplates>,
  scope: object,
): MessageText {
  const renderer = rendererOf(type);
  const limits = limitsOf(type);
  const title = renderer(templates.title, scope).replace(/\s+/g, ' ').trim();
  const body = renderer(templates.body, scope)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return {
    title: writeOut(type, title, limits.title),
    body: writeOut(type, body, limits.body),
  };
}

function rendererOf(type: ChannelType): Renderer {
  const renderer = renderers.get(type) ?? createRenderer(createEngine({ print: markerOf(type) }));
  renderers.set(type, renderer);
  return renderer;
}

function given({ title, body }: MessageTemplates): MessageTemplates {
  return { ...(title !== undefined && { title }), ...(body !== undefined && { body }) };
}
