import { type Hover, type HoverParams, type MarkupContent, MarkupKind } from 'vscode-languageserver/node';
import type { ServerContext } from './context';
import { rulePage } from './pages';

const SUPPRESSION = /seamline:[ \t]*(ignore-file|ignore)\b[ \t]*\[([^\]\n]*)\]/g;

/** Answers `textDocument/hover` on the rule names of a suppression comment: what the rule finds and why it matters. */
export async function hover(
  context: ServerContext,
  { textDocument, position }: HoverParams,
): Promise<Hover | undefined> {
  await context.sync.settled(textDocument.uri);
  const document = context.documents.get(textDocument.uri);
  if (!document || !context.folders.find(textDocument.uri)) return undefined;
  const line = document.getText({
    start: { line: position.line, character: 0 },
    end: { line: position.line + 1, character: 0 },
  });
  for (const match of line.matchAll(SUPPRESSION)) {
    const from = match.index;
    const to = from + match[0].length;
    if (position.character < from || position.character > to) continue;
    const names = (match[2] ?? '').split(/[\s,]+/).filter((name) => name !== '');
    const start = { line: position.line, character: from };
    const isRendered = context.client.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown);
    const contents: MarkupContent = isRendered
      ? { kind: MarkupKind.Markdown, value: names.map((name) => describe(context, name)).join('\n\n---\n\n') }
      : { kind: MarkupKind.PlainText, value: names.map((name) => plain(context, name)).join('\n\n') };
    return {
      contents,
      range: { start, end: { line: position.line, character: to } },
    };
  }
  return undefined;
}

function describe({ texts, options }: ServerContext, id: string): string {
  if (!texts.rule(id)) return `\`${id}\`: ${texts.say('unknown-rule')}`;
  const { reason, recommendation } = texts.advice(id) ?? {};
  const page = rulePage(options, id);
  const lines = [
    `**${texts.ruleTitle(id)}** \`${id}\``,
    reason,
    recommendation,
    page && `[${texts.say('read-more')}](${page})`,
  ];
  return lines.filter((line) => line !== undefined).join('\n\n');
}

/** The same where a client renders no Markdown. */
function plain({ texts, options }: ServerContext, id: string): string {
  if (!texts.rule(id)) return `${id}: ${texts.say('unknown-rule')}`;
  const { reason, recommendation } = texts.advice(id) ?? {};
  const advice = [reason, recommendation].filter((line) => line !== undefined).map((line) => texts.plain(line));
  const lines = [`${id}: ${texts.ruleTitle(id)}`, ...advice, rulePage(options, id)];
  return lines.filter((line) => line !== undefined).join('\n\n');
}
