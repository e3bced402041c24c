import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TypeScriptService } from '../../../session/typescript/service';
import { Workspace } from '../../../session/workspace';
import type { ProjectEntry } from './projects';
import { type ProofOptions, prove } from './prove';
import { PythonOracle } from './python-oracle';
import { proveTests } from './test-runs';
import type { Oracle, ProjectReport, Proof, TestVerdict } from './types';
import { TypeScriptOracle } from './typescript-oracle';

/** How long one comparison by the compiler may take: real projects are read for the first time. */
const TIMEOUT_MS = 5 * 60_000;

export interface ProjectRequest extends Omit<ProofOptions, 'onProgress'> {
  readonly folder: string;
  readonly entry?: ProjectEntry;
  /** Absolute; stands in for the project's own configuration. */
  readonly configFile?: string;
  /** Where tools are kept between runs. */
  readonly tools: string;
  /** The bundle of the compiler's process. */
  readonly script: string;
  readonly runTests: boolean;
  /** Offers after which the tests run one at a time. */
  readonly testSample: number;
  readonly keep: boolean;
}

/** Proves all cures of one project, and says on stderr how far it is. */
export async function proveProject(request: ProjectRequest): Promise<ProjectReport> {
  const started = Date.now();
  const folder = await realpath(request.folder);
  const project = request.entry?.name ?? basename(folder);
  const say = (text: string) => process.stderr.write(`${project}: ${text}\n`);
  say('analysing');
  const workspace = await Workspace.open({
    paths: [folder],
    cwd: folder,
    configFile: request.configFile,
    engine: 'wasm',
    jobs: 1,
    useCache: false,
  });
  if (workspace.root !== folder) throw new Error(`${folder} is no root of its own: it lies in ${workspace.root}`);
  const files = workspace.files.length;
  const findings = workspace.findings().length;
  say(`${files} files, ${findings} findings, ${seconds(started)} s`);
  const typescript = new TypeScriptService({ root: folder, script: request.script, timeoutMs: TIMEOUT_MS });
  const compiler = new TypeScriptOracle(folder, request.seed);
  const oracles: Oracle[] = [compiler, await PythonOracle.load(join(request.tools, 'wheels'))];
  const proofs: Proof[] = [];
  try {
    const onProgress = (done: number, total: number, proof: Proof) => {
      if (proof.outcome === 'failed') say(`FAILED ${proof.cure} ${proof.file}:${proof.line}`);
      if (done % 10 === 0 || done === total) say(`${done} of ${total} offers, ${seconds(started)} s`);
    };
    for await (const proof of prove(workspace, typescript, oracles, { ...request, onProgress })) proofs.push(proof);
    const types = compiler.describe(workspace.files);
    for (const oracle of oracles) oracle.dispose();
    const tests: TestVerdict[] = [];
    if (request.runTests && request.entry?.tests) {
      for await (const verdict of proveTests({ ...request, folder, entry: request.entry }, proofs, say))
        tests.push(verdict);
    }
    const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    return { project, files, findings, types, proofs, tests, seconds: seconds(started), peakMegabytes };
  } finally {
    for (const oracle of oracles) oracle.dispose();
    workspace.dispose();
    typescript.close();
  }
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 1000);
