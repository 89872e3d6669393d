import picocolors from 'picocolors';
import type { RuleInfo } from '../request.ts';
import type { Colors } from './finding.ts';
import { wrap } from './text.ts';

export interface PageOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const MARGIN = '  ';

/** What there is to tell of a rule that has no page: its summary and the messages that it has. */
export function pageOfMessages(
  { id, summary }: Pick<RuleInfo, 'id' | 'summary'>,
  messages: Readonly<Record<string, string>>,
): string {
  const told = Object.values(messages).map((message) => `- ${message}`);
  return [`# ${id}`, '', summary, '', '## What it says', '', ...told, ''].join('\n');
}

/**
 * A page in Markdown for a person at a terminal. It reads what the pages of rules are written in: headings,
 * paragraphs, lists, fenced code, tables (as they are), and in a text code, bold and links.
 */
export function printPage(page: string, { color, width }: PageOptions): string {
  const colors = picocolors.createColors(color);
  const out: string[] = [];
  for (const block of blocksOf(page)) {
    if (block.kind !== 'item' || !block.tight) out.push('');
    out.push(...blockLines(block, width, colors));
  }
  return out
    .slice(1)
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** `tight`: right behind another one. */
  | { readonly kind: 'item'; readonly mark: string; readonly text: string; readonly tight: boolean }
  | { readonly kind: 'verbatim'; readonly info: string; readonly lines: readonly string[] };

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = page.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(line);
    const heading = /^(#+) (.*)$/.exec(line);
    const item = /^([-*]|\d+\.) +(.*)$/.exec(line);
    if (line.trim() === '') continue;
    if (fence) {
      const length = lines.slice(at + 1).findIndex((each) => each.startsWith(fence[1] ?? ''));
      const end = length < 0 ? lines.length : at + 1 + length;
      blocks.push({ kind: 'verbatim', info: fence[2] ?? '', lines: lines.slice(at + 1, end) });
      at = end;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    } else if (line.startsWith('|')) {
      const rows = takeWhile(lines.slice(at), (each) => each.startsWith('|'));
      blocks.push({ kind: 'verbatim', info: '', lines: rows });
      at += rows.length - 1;
    } else {
      const more = takeWhile(lines.slice(at + 1), (each) => each.trim() !== '' && !STARTS.test(each));
      const text = [item?.[2] ?? line, ...more].map((each) => each.trim()).join(' ');
      const mark = item && (/\d/.test(item[1] ?? '') ? (item[1] ?? '') : '•');
      const tight = lines[at - 1]?.trim() !== '';
      blocks.push(mark ? { kind: 'item', mark, text, tight } : { kind: 'paragraph', text });
      at += more.length;
    }
  }
  return blocks;
}

/** What ends a paragraph without an empty line. */
const STARTS = /^(?:`{3}|~{3}|#+ |\||[-*] |\d+\. )/;

function takeWhile<T>(items: readonly T[], wanted: (item: T) => boolean): T[] {
  const end = items.findIndex((item) => !wanted(item));
  return end < 0 ? [...items] : items.slice(0, end);
}

function blockLines(block: Block, width: number, colors: Colors): string[] {
  switch (block.kind) {
    case 'heading':
      return [headingColor(block.text, colors)(colors.bold(inline(block.text, colors)))];
    case 'paragraph':
      return wrap(inline(block.text, colors), width - MARGIN.length).map((line) => MARGIN + line);
    case 'item': {
      const indent = ' '.repeat(block.mark.length + 1);
      const lines = wrap(inline(block.text, colors), width - MARGIN.length - indent.length);
      return lines.map((line, at) => `${MARGIN}${at === 0 ? `${block.mark} ` : indent}${line}`);
    }
    case 'verbatim': {
      const file = /\bfile=(\S+)/.exec(block.info)?.[1];
      const name = file === undefined ? [] : [colors.dim(`── ${file}`)];
      return [...name, ...block.lines].map((line) => MARGIN + MARGIN + line);
    }
  }
}

/** The headings of examples, in the colours of the verdicts. */
function headingColor(heading: string, colors: Colors): (text: string) => string {
  const verdicts: Readonly<Record<string, (text: string) => string>> = {
    Wrong: colors.red,
    Right: colors.green,
    'Cannot tell': colors.yellow,
  };
  return verdicts[heading] ?? ((text) => text);
}

/**
 * Text with its code, bold parts and links: an address stands in parentheses behind its words, but for one
 * within the repository. Each word has its own colour, so that the text can be wrapped.
 */
function inline(text: string, colors: Colors): string {
  return text.replace(
    /(?<code>`[^`]+`)|\*\*(?<bold>.+?)\*\*|\[(?<label>(?:`[^`]*`|[^\]`])+)\]\((?<address>[^)\s]+)\)/g,
    (...match) => {
      const { code, bold, label = '', address = '' } = match.at(-1) as Record<string, string | undefined>;
      if (code !== undefined)
        return eachWord(colors.isColorSupported ? code.slice(1, -1) : code, colors.cyan);
      if (bold !== undefined) return eachWord(bold, colors.bold);
      const words = inline(label, colors);
      return /^https?:/.test(address) ? `${words} (${colors.underline(address)})` : words;
    },
  );
}

function eachWord(text: string, style: (word: string) => string): string {
  return text
    .split(' ')
    .map((word) => style(word))
    .join(' ');
}
