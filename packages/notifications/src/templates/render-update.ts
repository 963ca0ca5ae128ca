import type { Finding } from '@riposte/findings';
import type { FindingUpdate, ResourceContext } from '@riposte/rules';
import type { DatedFacts } from '../notified-finding.ts';
import type { RenderText } from './text-renderer.ts';

/** What templates of notes, tickets and parameters can name: the finding's facts, its document, its resources, its context. */
export interface TextData extends Readonly<Record<string, unknown>> {
  readonly finding: DatedFacts;
  readonly document: unknown;
  readonly resources: Finding['resources'];
  readonly context: ResourceContext;
}

export function textData(
  { raw, resources }: Finding,
  finding: DatedFacts,
  context: ResourceContext,
): TextData {
  return { finding, document: raw, resources, context };
}

/** An update with its templates filled in. */
export function renderUpdate(
  update: FindingUpdate,
  data: TextData,
  renderText: RenderText,
): FindingUpdate {
  const render = (text: string) => renderText(text, data);
  const { note, types, userDefinedFields, relatedFindings } = update;
  return {
    ...update,
    ...(note !== undefined && { note: render(note) }),
    ...(types && { types: types.map(render) }),
    ...(userDefinedFields && {
      userDefinedFields: Object.fromEntries(
        Object.entries(userDefinedFields).map(([name, text]) => [name, render(text)]),
      ),
    }),
    ...(relatedFindings && {
      relatedFindings: relatedFindings.map(({ ProductArn, Id }) => ({
        ProductArn: render(ProductArn),
        Id: render(Id),
      })),
    }),
  };
}
