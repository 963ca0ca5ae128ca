/** How Riposte's own resources are told from others. */
export interface OwnResources {
  readonly stage: string;
  /** Names, ids or ARNs that do not carry Riposte's name, such as the key's. */
  readonly known: readonly string[];
}

const maxTexts = 1000;
const maxDepth = 8;

/**
 * The first text within a call's parameters that names a resource of this deployment: by the names that its stacks give
 * (`riposte-SERVICE-STAGE…`, `/riposte/STAGE/…`), or as one of those known otherwise.
 */
export function ownResourceIn(
  parts: readonly unknown[],
  { stage, known }: OwnResources,
): string | undefined {
  const escaped = stage.replace(/[^A-Za-z0-9-]/g, '\\$&');
  const named = new RegExp(`(?:^|[:/])riposte-(?:[a-z0-9]+-)+${escaped}(?:$|[-:/._])`, 'i');
  const parameter = `/riposte/${stage}/`;
  const ids = known.filter((id) => id !== '').map(lastPart);
  return textsIn(parts).find(
    (text) => named.test(text) || text.includes(parameter) || ids.includes(lastPart(text)),
  );
}

function lastPart(name: string): string {
  return name.split(/[:/]/).at(-1) ?? name;
}

/** Texts within untrusted values, so many and so deep at most that nobody can keep us busy. */
function textsIn(parts: readonly unknown[]): readonly string[] {
  const texts: string[] = [];
  const visit = (value: unknown, depth: number) => {
    if (texts.length >= maxTexts || depth > maxDepth) return;
    if (typeof value === 'string') texts.push(value.slice(0, 2048));
    if (typeof value !== 'object' || value === null) return;
    for (const member of Object.values(value)) visit(member, depth + 1);
  };
  visit(parts, 0);
  return texts;
}
