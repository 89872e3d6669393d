import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { crc32 } from 'node:zlib';
import { isWithin } from './paths.ts';

/**
 * Compiled code that is kept from one run to the next, for the compiler is four megabytes of source. What
 * is kept never decides an answer: without it, or when it can't be read or written, the same code is
 * compiled anew.
 *
 * It lies in the user's cache folder, which nobody else can write to: who can write to it can run code.
 */
let folder: string | undefined;

/** Bytes before the compiled code. */
const CHECKSUM = 4;

/** Node's own cache, of Node 22.1 and later. */
const { enableCompileCache: enableOfNode } = module as {
  enableCompileCache?: (folder: string) => unknown;
};

/** Keeps what this process compiles. For the command, not for a program that imports the library. */
export function enableCompileCache({ env, cwd }: Pick<NodeJS.Process, 'env' | 'cwd'>): void {
  if (env.NODE_DISABLE_COMPILE_CACHE) return;
  folder = privateFolder(env, cwd);
  if (folder !== undefined) enableOfNode?.(folder);
}

/**
 * Runs a CommonJS bundle in ASCII, whose name changes with its content, and answers with what it exports.
 *
 * @param file absolute
 */
export function requireCompiled(file: string): unknown {
  const require = createRequire(file);
  if (enableOfNode || folder === undefined) return require(file);
  const kept = path.join(folder, `${path.basename(file)}-${process.version}-${process.arch}`);
  const cachedData = readWhole(kept);
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`,
    cachedData ? { filename: file, cachedData } : { filename: file },
  );
  // Late, so that the functions that this run has needed are among what is kept.
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(kept, script));
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, require, bundle, file, path.dirname(file));
  return bundle.exports;
}

function privateFolder(env: NodeJS.ProcessEnv, cwd: () => string): string | undefined {
  try {
    const own = path.join(cacheHome(env), 'fusionlint');
    // A folder that is linted is left as it is.
    if (isWithin(cwd(), own)) return undefined;
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const stat = lstatSync(own);
    const isPrivate =
      process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0);
    return stat.isDirectory() && isPrivate ? own : undefined;
  } catch {
    return undefined;
  }
}

function cacheHome({ LOCALAPPDATA, XDG_CACHE_HOME }: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(homedir(), '.cache');
}

/** The compiled code; undefined without it, or when a byte of it is another one. V8 checks no more than its length. */
function readWhole(file: string): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    const data = kept.subarray(CHECKSUM);
    return kept.readUInt32LE() === crc32(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces what other versions have kept. */
function keep(file: string, script: vm.Script): void {
  try {
    const temporary = `${file}.${process.pid}.tmp`;
    const data = script.createCachedData();
    const checksum = Buffer.alloc(CHECKSUM);
    checksum.writeUInt32LE(crc32(data));
    writeFileSync(temporary, Buffer.concat([checksum, data]), { mode: 0o600 });
    renameSync(temporary, file);
    const name = path.basename(file);
    for (const other of readdirSync(path.dirname(file)))
      if (other !== name && other.endsWith(name.slice(name.indexOf('-v'))))
        rmSync(path.join(path.dirname(file), other), { force: true });
  } catch {
    // A full disk, a read-only home: the next run compiles anew.
  }
}
