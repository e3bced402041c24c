import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { z } from 'zod';
import type { StyleSettings } from '../../core/edit/style';
import type { FormattingOf, StyleSource } from './reader';

const ruff = z
  .object({
    'line-length': z.number().int().positive().optional(),
    'indent-width': z.number().int().min(1).max(8).optional(),
    format: z
      .object({
        'quote-style': z.enum(['single', 'double', 'preserve']).optional().catch(undefined),
        'indent-style': z.enum(['tab', 'space']).optional().catch(undefined),
      })
      .optional(),
  })
  .optional()
  .catch(undefined);

const black = z
  .object({
    'line-length': z.number().int().positive().optional(),
    'skip-string-normalization': z.boolean().optional(),
  })
  .optional()
  .catch(undefined);

const pyproject = z.object({ tool: z.object({ ruff, black }).optional().catch(undefined) });

/** Where Python's formatters keep their settings; Ruff's own file comes first, as in Ruff. */
export const PYTHON_SOURCES: readonly StyleSource[] = [
  { name: '.ruff.toml', read: (text) => fixed(ofRuff(ruff.parse(tableOf(text)))) },
  { name: 'ruff.toml', read: (text) => fixed(ofRuff(ruff.parse(tableOf(text)))) },
  {
    name: 'pyproject.toml',
    read: (text) => {
      const { tool } = pyproject.parse(tableOf(text));
      if (!tool?.ruff && !tool?.black) return undefined;
      return fixed({ ...(tool.ruff ? ofRuff(tool.ruff) : {}), ...(tool.black ? ofBlack(tool.black) : {}) });
    },
  },
];

const tableOf = (text: string): unknown => getStaticTOMLValue(parseTOML(text));

function ofRuff(settings: z.infer<typeof ruff>): StyleSettings {
  const { 'line-length': length, 'indent-width': width, format } = settings ?? {};
  const quote = format?.['quote-style'];
  const style = format?.['indent-style'];
  return {
    lineLength: length ?? 88,
    ...(style === 'tab' ? { indent: '\t' } : width === undefined ? {} : { indent: ' '.repeat(width) }),
    ...(quote === 'single' ? { quote: "'" } : quote === 'double' ? { quote: '"' } : {}),
  };
}

function ofBlack(settings: NonNullable<z.infer<typeof black>>): StyleSettings {
  return {
    lineLength: settings['line-length'] ?? 88,
    ...(settings['skip-string-normalization'] ? {} : { quote: '"' }),
  };
}

const fixed =
  (settings: StyleSettings): FormattingOf =>
  () => ({ settings });
