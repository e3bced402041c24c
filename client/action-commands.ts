import * as vscode from 'vscode';

/** A new list of actions comes with each move of the cursor: of one that is so many commands old nobody chooses any more. */
const KEPT = 256;

/**
 * Carries the arguments of actions' commands. VS Code keeps them only as long as the list that an action came with: when the list is
 * renewed while the chosen action is still being resolved, it answers "Actual command not found". A command without arguments runs
 * whatever became of its list, so each gets one of its own that knows them.
 */
export class ActionCommands implements vscode.Disposable {
  private readonly kept = new Map<
    string,
    { readonly command: vscode.Command; readonly registration: vscode.Disposable }
  >();
  private made = 0;

  /** The same command without arguments; one that has none stays as it is. */
  carry(command: vscode.Command): vscode.Command {
    const { title, tooltip, arguments: carried = [] } = command;
    if (carried.length === 0) return command;
    const id = `${command.command}#${++this.made}`;
    const registration = vscode.commands.registerCommand(id, () =>
      vscode.commands.executeCommand(command.command, ...carried),
    );
    this.kept.set(id, { command, registration });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.drop(oldest!);
    return { title, tooltip, command: id };
  }

  /** What a carried command stands for. */
  carriedBy({ command: id }: vscode.Command): vscode.Command | undefined {
    return this.kept.get(id)?.command;
  }

  dispose(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
  }

  private drop(id: string): void {
    this.kept.get(id)?.registration.dispose();
    this.kept.delete(id);
  }
}
