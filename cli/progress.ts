import { Presets, SingleBar } from 'cli-progress';

/** Shorter runs show nothing: a bar that flashes by is noise. */
const PATIENCE_MS = 1000;

export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** A progress bar on stderr that appears after one second, on a terminal only. */
export function startProgress(enabled: boolean): Progress {
  if (!enabled || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const start = performance.now();
  let bar: SingleBar | undefined;
  return {
    update(done, total) {
      if (!bar && performance.now() - start > PATIENCE_MS && done < total) {
        bar = new SingleBar(
          {
            format: 'Auditing {bar} {value}/{total} files',
            stream: process.stderr,
            clearOnComplete: true,
            hideCursor: true,
          },
          Presets.shades_classic,
        );
        bar.start(total, done);
      }
      bar?.update(done);
    },
    stop() {
      bar?.stop();
    },
  };
}
