// Installs once, into `.vscode-test/`, the real VS Code that the suites of this folder run in: code-server (the workbench, server and
// extension host of VS Code) on its own Node.js, and by apt a Chromium to show it in.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(ROOT, '.vscode-test');
const STAMP = join(FOLDER, 'installed');

/** code-server 4.139 needs Node.js 24, whatever runs the repository. */
const NODE_VERSION = '24.21.0';
const CODE_SERVER_VERSION = '4.139.1';
const INSTALL_LIMIT_MS = 8 * 60_000;

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

/** Commands of which one is needed, and the Debian packages that bring it. */
const SYSTEM = [
  { commands: CHROMIUM, packages: ['chromium', 'fonts-dejavu-core'] },
  { commands: ['g++'], packages: ['build-essential'] },
  { commands: ['make'], packages: ['build-essential'] },
  { commands: ['python3'], packages: ['python3'] },
];

/** Absolute paths of what is installed. */
export interface Installed {
  /** Node.js binary. */
  readonly node: string;
  /** Package folder. */
  readonly codeServer: string;
  /** Browser binary. */
  readonly chromium: string;
}

/**
 * Installs what is missing.
 * @throws when something cannot be installed; the message says what and why
 */
export async function install(): Promise<Installed> {
  if (process.platform !== 'linux') {
    throw new Error(
      'the VS Code of these tests is installed on Linux only; on a desktop run `npx tsx test/vscode/host.mts`, which downloads VS Code',
    );
  }
  await installSystemPackages();
  const nodePackage = `node-linux-${process.arch}`;
  const node = join(FOLDER, 'node', 'node_modules', nodePackage, 'bin', 'node');
  const codeServer = join(FOLDER, 'code-server', 'node_modules', 'code-server');
  const stamp = `node ${NODE_VERSION}, code-server ${CODE_SERVER_VERSION}, ${process.arch}`;
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp || !existsSync(node) || !existsSync(codeServer)) {
    rmSync(STAMP, { force: true });
    await installNode(nodePackage);
    await installCodeServer(codeServer, dirname(dirname(node)));
    await writeFile(STAMP, stamp);
  }
  return { node, codeServer, chromium: find(CHROMIUM)! };
}

async function installSystemPackages(): Promise<void> {
  const missing = [...new Set(SYSTEM.filter(({ commands }) => !find(commands)).flatMap(({ packages }) => packages))];
  if (missing.length === 0) return;
  if (!find(['apt-get']) || process.getuid?.() !== 0) {
    throw new Error(`missing: ${missing.join(', ')}; install them, or run as root where apt-get exists`);
  }
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { environment });
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { environment });
  const still = SYSTEM.filter(({ commands }) => !find(commands)).map(({ commands }) => commands.join(' or '));
  if (still.length > 0) throw new Error(`apt-get did not bring ${still.join(', ')}`);
}

/** @param name package that holds the binary for this machine */
async function installNode(name: string): Promise<void> {
  const cwd = await emptyPackage('node');
  await run('npm', ['install', '--no-audit', '--no-fund', `${name}@${NODE_VERSION}`], { cwd });
}

/** @param nodeHome folder of the Node.js that will run it: native modules are built against its headers */
async function installCodeServer(codeServer: string, nodeHome: string): Promise<void> {
  const cwd = await emptyPackage('code-server');
  const environment = { PATH: `${join(nodeHome, 'bin')}:${process.env.PATH}`, npm_config_nodedir: nodeHome };
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts'];
  // Its own install script would fetch what these tests do not use.
  await run('npm', ['install', ...quiet, `code-server@${CODE_SERVER_VERSION}`], { cwd, environment });
  const vscode = join(codeServer, 'lib', 'vscode');
  for (const folder of [vscode, join(vscode, 'extensions')]) {
    await run('npm', ['install', '--omit=dev', ...quiet], { cwd: folder, environment });
  }
  await run('npm', ['rebuild', '--foreground-scripts', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: vscode,
    environment,
  });
  await link(join(vscode, 'bin', 'remote-cli'), 'code-linux.sh', 'code-server');
  await link(join(vscode, 'bin', 'helpers'), 'browser-linux.sh', 'browser.sh');
}

/** An empty package in `.vscode-test/`, so that npm installs there and not into the repository. */
async function emptyPackage(name: string): Promise<string> {
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: `seamline-test-${name}`, private: true }));
  return folder;
}

async function link(folder: string, target: string, name: string): Promise<void> {
  rmSync(join(folder, name), { force: true });
  await symlink(target, join(folder, name));
}

/** The path of the first of these commands that exists. */
function find(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** Runs a command; its output is shown only when it fails. */
function run(
  command: string,
  args: readonly string[],
  { cwd = ROOT, environment = {} }: { cwd?: string; environment?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const start = Date.now();
  const line = `${command} ${args.join(' ')}`;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    // The npm that runs this script hands its place on; one inside would install there.
    for (const name of ['npm_config_local_prefix', 'npm_config_prefix', 'INIT_CWD']) delete env[name];
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const timer = setTimeout(() => {
      output += `\nended after ${INSTALL_LIMIT_MS / 1000} s`;
      child.kill('SIGKILL');
    }, INSTALL_LIMIT_MS);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${line}: ${error.message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const seconds = ((Date.now() - start) / 1000).toFixed(0);
      if (code === 0) {
        console.log(`installed in ${seconds} s: ${line}`);
        resolve();
      } else {
        reject(new Error(`${line} ended with ${code} after ${seconds} s\n${output.slice(-3000)}`));
      }
    });
  });
}
