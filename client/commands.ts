import * as vscode from 'vscode';
import { type BuildCureParams, COMMANDS, type Created, type RefusalResult } from '../protocol/index';
import { audit } from './audit';
import { showConfiguration } from './configuration';
import { applyBuilt, applyCure } from './cure';
import type { Services } from './extension';
import { ignore } from './ignore';
import { GROUPINGS } from './plan/groups';
import { reveal } from './preview/apply';
import { askOptions } from './preview/options';
import { goTo, showRefusal, whyNoFix } from './refusal';
import { chooseCure, type Subject, subjectOf } from './subject';

type Handler = (...args: unknown[]) => unknown;

/** Registers every command of the manifest. Each returns what it did, so that tests need not look at the screen. */
export function registerCommands(services: Services): void {
  const { context, output, plan, previews, rulePages, server } = services;
  const handlers: Readonly<Record<string, Handler>> = {
    'seamline.audit': (choices) => audit(services, choices as { profile?: 'full' } | undefined),
    'seamline.restart': () => server.restart(),
    'seamline.showConfiguration': () => showConfiguration(services),
    'seamline.showOutput': () => output.show(),
    'seamline.openRule': (argument) => rulePages.open(argument),
    'seamline.applyPreview': () => previews.apply(),
    [COMMANDS.preview]: withSubject(services, (subject) => preview(services, subject)),
    [COMMANDS.withOptions]: withSubject(services, (subject) => withOptions(services, subject)),
    'seamline.apply': withSubject(services, (subject) => applyCure(services, subject)),
    [COMMANDS.ignore]: withSubject(services, (subject) => ignore(services, subject)),
    'seamline.ignoreInFile': withSubject(services, (subject) => ignore(services, { ...subject, scope: 'file' })),
    'seamline.whyNoFix': withSubject(services, (subject) => whyNoFix(services, subject)),
    [COMMANDS.reveal]: (created) => reveal(created as Created),
    [COMMANDS.explainRefusal]: (refusal) => showRefusal(refusal as RefusalResult),
    'seamline.goTo': (place) => goTo(placeOf(place ?? plan.selected)),
    'seamline.plan.refresh': () => plan.refresh(),
    ...Object.fromEntries(GROUPINGS.map((by) => [`seamline.plan.groupBy.${by}`, () => plan.groupBy(by)])),
  };
  for (const [id, handler] of Object.entries(handlers)) {
    context.subscriptions.push(vscode.commands.registerCommand(id, guarded(services, handler)));
  }
}

/** A command that fails says so once, in the user's language, and writes the details to the output. */
function guarded({ output }: Services, handler: Handler): Handler {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      if (isCancellation(error)) return undefined;
      output.error(error instanceof Error ? error : String(error));
      const message = error instanceof Error ? error.message : String(error);
      const show = vscode.l10n.t('Show Output');
      void vscode.window.showErrorMessage(`Seamline: ${message}`, show).then((choice) => choice && output.show());
      return undefined;
    }
  };
}

/** Cancelled by the user or outrun by an edit: LSP's RequestCancelled, ContentModified and ServerCancelled. */
function isCancellation(error: unknown): boolean {
  if (error instanceof vscode.CancellationError) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === -32800 || code === -32801 || code === -32802;
}

/** The finding that the command was called with, else the one that is selected in the Refactor Plan. */
function withSubject({ plan }: Services, handler: (subject: Subject) => unknown): Handler {
  return (argument) => {
    const subject = subjectOf(argument ?? plan.selected);
    return subject && handler(subject);
  };
}

async function preview(services: Services, subject: Subject & Partial<BuildCureParams>): Promise<unknown> {
  const cure = await chooseCure(subject);
  if (!cure) return (subject.cures ?? []).length > 1 ? undefined : whyNoFix(services, subject);
  const { name, into, reason, places } = subject;
  return services.previews.open({ ...cure, name, into, reason, places });
}

/** Asks for what a cure leaves open; the answer is shown before it is made, unless it is safe and concerns one file. */
async function withOptions(services: Services, subject: Subject): Promise<unknown> {
  const cure = await chooseCure(subject);
  const params = cure && (await askOptions(services.server, cure));
  const built = params && (await services.previews.build(params));
  if (!built) return undefined;
  const isSmall = built.result.applicability === 'safe' && built.result.files?.length === 1;
  return isSmall ? applyBuilt(services, built) : services.previews.show(built);
}

function placeOf(argument: unknown): Parameters<typeof goTo>[0] {
  const node = argument as { item?: unknown; place?: unknown };
  return (node.item ?? node.place ?? argument) as Parameters<typeof goTo>[0];
}
