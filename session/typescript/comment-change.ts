import { ts } from 'ts-morph';
import type { TypeScriptCheck } from '../../core/verify/typescript';
import { insertedStatements } from './local-change';

/** Whether a change leaves the compiler with nothing to say, whatever the project is: only comments and blanks of TypeScript differ. */
export const isOfComments = ({ files }: TypeScriptCheck): boolean =>
  files.every(
    ({ file, before, after }) =>
      before !== undefined &&
      before !== after &&
      // Rough and quick: what it lets through is looked at by the parser.
      codeOf(before) === codeOf(after) &&
      insertedStatements(parsed(file, before), parsed(file, after))?.length === 0,
  );

const codeOf = (text: string): string => text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, '');

const parsed = (file: string, text: string): ts.SourceFile => ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
