import type * as vscode from 'vscode';

/** A new list of actions comes with each move of the cursor: of one that is so many commands old nobody chooses any more. */
const KEPT = 256;

/** What is needed of `vscode.commands`. */
export type Commands = Pick<typeof vscode.commands, 'registerCommand' | 'executeCommand'>;

/**
 * Carries the arguments of actions' commands. VS Code keeps them only as long as the list that an action came with: when the list is
 * renewed while the chosen action is still being resolved, it answers "Actual command not found". A command without arguments runs
 * whatever became of its list, so each gets one of its own that knows them. What is offered again keeps its command: a cursor that moves
 * to and fro registers nothing.
 *
 * Nor does VS Code take over what only the resolved action names, once the list is renewed: it then does nothing at all. So an action has
 * its command from the start, and resolving it settles what that one runs.
 */
export class ActionCommands implements vscode.Disposable {
  /** By id; what was offered longest ago comes first. */
  private readonly kept = new Map<
    string,
    { readonly key: string; command: vscode.Command | undefined; readonly registration: vscode.Disposable }
  >();
  /** By what they run, and with what. */
  private readonly ids = new Map<string, string>();
  private made = 0;

  constructor(private readonly commands: Commands) {}

  /** The same command without arguments; one that has none stays as it is. */
  carry(command: vscode.Command): vscode.Command {
    const { title, tooltip, arguments: carried = [] } = command;
    if (carried.length === 0) return command;
    // The arguments came as JSON from the server.
    const key = JSON.stringify([command.command, carried]);
    const id = this.ids.get(key) ?? `${command.command}#${++this.made}`;
    const one = this.kept.get(id) ?? {
      key,
      command,
      registration: this.commands.registerCommand(id, () => this.run(id)),
    };
    // Set anew, so that it is the youngest.
    this.kept.delete(id);
    this.kept.set(id, one);
    this.ids.set(key, id);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.drop(oldest!);
    return { title, tooltip, command: id };
  }

  /** Has a carried command run something else from now on, or nothing. It stays so when it is offered again. */
  settle({ command: id }: vscode.Command, command: vscode.Command | undefined): void {
    const one = this.kept.get(id);
    if (one) one.command = command;
  }

  /** What a carried command stands for. */
  carriedBy({ command: id }: vscode.Command): vscode.Command | undefined {
    return this.kept.get(id)?.command;
  }

  dispose(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
  }

  private run(id: string): unknown {
    const command = this.kept.get(id)?.command;
    return command && this.commands.executeCommand(command.command, ...(command.arguments ?? []));
  }

  private drop(id: string): void {
    const dropped = this.kept.get(id);
    if (!dropped) return;
    dropped.registration.dispose();
    this.kept.delete(id);
    this.ids.delete(dropped.key);
  }
}
