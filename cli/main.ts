import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { addAuditCommand } from './audit-command';
import { EXIT, reportFailure } from './exit';
import { addFixCommand } from './fix-command';
import { addRulesCommand } from './rules-command';
import { tuneForOneRun } from './v8-flags';

/**
 * Runs the command line and resolves to its exit code.
 * @param argv arguments without the interpreter and the script
 */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('seamline')
    .description('Finds the places where Python and TypeScript code has outgrown its shape, and says why.')
    .version(version, '--version', 'print the version')
    .helpCommand(false)
    .enablePositionalOptions()
    .configureOutput({ outputError: (message, write) => write(message.replace(/^error: /, 'seamline: ')) })
    .exitOverride();
  let exitCode: number = EXIT.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  addAuditCommand(program, finish);
  addFixCommand(program, finish);
  addRulesCommand(program, finish);
  try {
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its own message already; help and version are no failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return reportFailure(error);
  }
}

if (require.main === module) {
  tuneForOneRun();
  // A reader that stops early (`seamline audit | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
  main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
