import path from 'node:path';
import { type Entry, entriesOf } from './literals.ts';

/** An environment variable, and a URL that a file of the project gives it. */
export interface VariableUrl {
  readonly name: string;
  /** What a file that reads it says. */
  readonly word: string;
  /** Scheme, host and path; or a host alone. */
  readonly url: string;
  readonly file: string;
}

/** Files that give environment variables values, besides the configuration of frameworks. */
export const ENVIRONMENT_FILE =
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env|(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml)$/;

export const ENVIRONMENT_GLOB =
  '**/{.env,.env.*,*.env,compose.yml,compose.yaml,compose.*.y*ml,docker-compose*.y*ml}';

/** What the configuration of a framework calls the variables that it sets. */
const FRAMEWORKS: readonly {
  readonly file: RegExp;
  readonly setting: string;
  readonly variable: (path: readonly string[]) => Pick<VariableUrl, 'name' | 'word'> | undefined;
}[] = [
  {
    // nextjs.org/docs/app/api-reference/config/next-config-js/env: read as `process.env.NAME`.
    file: /(?:^|\/)next\.config\.[cm]?[jt]s$/,
    setting: 'env',
    variable: ([name = '', ...rest]) => (rest.length > 0 ? undefined : { name, word: name }),
  },
  {
    // vite.dev/config/shared-options#define: `process.env.NAME`, `import.meta.env.NAME`, or a global.
    file: /(?:^|\/)vite\.config\.[cm]?[jt]s$/,
    setting: 'define',
    variable: ([key = '']) => {
      const name = /^(?:(?:process|import\.meta)\.env\.)?(\w+)$/.exec(key)?.[1];
      return name === undefined ? undefined : { name, word: name };
    },
  },
  {
    // nuxt.com/docs/guide/going-further/runtime-config: NUXT_PUBLIC_AUTH_URL sets `public.authUrl`.
    file: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/,
    setting: 'runtimeConfig',
    variable: (keys) => ({
      name: ['nuxt', ...keys].map((key) => key.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase()).join('_'),
      word: 'useRuntimeConfig',
    }),
  },
];

/** Whether the file may say what an environment variable is. */
export function setsVariables(file: string): boolean {
  return ENVIRONMENT_FILE.test(file) || FRAMEWORKS.some((framework) => framework.file.test(file));
}

/**
 * The URLs that the files give to environment variables. Such files hold secrets too, so nothing else is
 * kept: no value that is not a URL or a host, and of a URL neither user, password, query nor fragment, nor
 * a path of which a part is not a plain word.
 *
 * @param read the text of a file; undefined when it can't be read
 */
export function readVariables(
  files: readonly string[],
  read: (file: string) => string | undefined,
): VariableUrl[] {
  const found: VariableUrl[] = [];
  for (const file of files.filter((each) => ENVIRONMENT_FILE.test(each)))
    found.push(...assigned(read(file) ?? '', file));
  for (const framework of FRAMEWORKS) {
    for (const file of files.filter((each) => framework.file.test(each))) {
      for (const entry of entriesOf(read(file) ?? '', framework.setting)) {
        const variable = framework.variable(entry.path);
        if (variable) found.push(...configured(entry, file, found).map((each) => ({ ...each, ...variable })));
      }
    }
  }
  return found;
}

/** Whether a file that lies there may be run with the variables that the other one sets. */
export function isSetFor({ file: setting }: VariableUrl, file: string): boolean {
  const folder = path.posix.dirname(setting);
  return folder === '.' || file.startsWith(`${folder}/`);
}

// ------------------------------------------------------------------ lines

/** `NAME=value`, `export NAME=value`, and in Compose files `- NAME=value` and `NAME: value`. */
const ASSIGNMENT =
  /^[ \t]*(?:-[ \t]+)?["']?(?:export[ \t]+)?(?<name>[A-Za-z_]\w*)(?:[ \t]*=[ \t]*|:[ \t]+)(?<value>[^\r\n]*)$/gm;
/** Variables in a value are few; a chain of them is short. */
const MAX_DEPTH = 4;

/**
 * The lines of a dotenv file that hold a URL. Packages that read such files read them whole, secrets
 * included, and there is little to know: quotes, comments, `${OTHER}`.
 */
function assigned(text: string, file: string): VariableUrl[] {
  return [...text.matchAll(ASSIGNMENT)].flatMap(({ groups: { name = '', value = '' } = {} }) => {
    const url = urlOf(expanded(unquoted(value), text, MAX_DEPTH));
    return url === undefined ? [] : [{ name, word: name, url, file }];
  });
}

function unquoted(value: string): string {
  const quoted = /^(["'`])(.*?)\1/.exec(value);
  if (quoted) return quoted[2] ?? '';
  // The quote behind a whole entry of a list: `- "NAME=value"`.
  return value
    .replace(/(?:^|\s)#.*$/, '')
    .trim()
    .replace(/["']$/, '');
}

/** `${OTHER}`, `$OTHER` and `${OTHER:-value}` as they are set in the same file. */
function expanded(value: string, text: string, depth: number): string {
  return value.replace(/\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g, (whole, braced, fallback, plain) => {
    const name = braced ?? plain;
    const other = depth === 0 ? undefined : assignedTo(name, text);
    const piece = other === undefined ? fallback : expanded(other, text, depth - 1);
    return piece !== undefined && PIECE.test(piece) ? piece : whole;
  });
}

/** A port, a host, or a URL: nothing else may become a part of one. */
const PIECE = /^(?:\d{2,5}|(?:https?:\/\/)?[a-z][a-z-]*(?:\.[a-z][a-z\d-]*)*(?::\d{2,5})?)$/;

function assignedTo(name: string, text: string): string | undefined {
  for (const { groups } of text.matchAll(ASSIGNMENT))
    if (groups?.name === name) return unquoted(groups.value ?? '');
  return undefined;
}

// ------------------------------------------------------------------ configuration

/** URLs that the expression holds, and those of the environment variables that it reads. */
function configured({ expression }: Entry, file: string, known: readonly VariableUrl[]): VariableUrl[] {
  const literals = [...expression.matchAll(/https?:\/\/[^\s"'`\\]+/g)].flatMap(([literal]) => {
    const url = urlOf(literal);
    return url === undefined ? [] : [{ name: '', word: '', url, file }];
  });
  const names = [...expression.matchAll(/\benv\.(\w+)/g)].map(([, name]) => name);
  return [...literals, ...known.filter((each) => names.includes(each.name) && isSetFor(each, file))];
}

// ------------------------------------------------------------------ values

const HOST = /^(?:[a-z\d-]+\.)*[a-z][a-z\d-]*(?::\d{2,5})?$/;
/** A word of a path, or a version; anything longer or with digits may be a token. */
const PLAIN_SEGMENT = /^(?:[a-z][a-z-]{0,19}|v\d{1,2})$/i;

function urlOf(value: string): string | undefined {
  if (HOST.test(value) && /[.:]/.test(value)) return value;
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return undefined;
  const { protocol, host, pathname } = new URL(value);
  // A variable that is not set here stays as it is written.
  if (!/^[a-z\d.-]+(?::\d+)?$/.test(host)) return undefined;
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (!segments.every((segment) => PLAIN_SEGMENT.test(segment))) return undefined;
  return [`${protocol}//${host}`, ...segments].join('/');
}
