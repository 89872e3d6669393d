import { ts } from 'ts-morph';
import { MARKDOWN } from '../paths.ts';
import { blank } from './embedded.ts';
import { type CodeBlock, codeBlocks } from './fences.ts';

/** First words of info strings whose blocks are read. */
const LANGUAGE = /^\{?\.?(?:jsx?|javascript|mjs|cjs|node|tsx?|typescript)(?![\w+#-])/i;
/** The label of the scope that a code block is; see `isCodeBlock`. */
const LABEL = 'md';
/** A comment that begins with an ellipsis: something is left out here. */
const OMISSION = /\/\/[ \t]*(?:\.\.\.|…)[^\r\n]*|\/\*\s*(?:\.\.\.|…)(?:[^*]|\*(?!\/))*\*\//g;

/** Scopes in scopes, which the parser reads by recursion. A block behind so many begins anew. */
const MAX_DEPTH = 200;

export interface Page {
  readonly text: string;
  readonly kind: ts.ScriptKind;
  /** Blocks that don't parse. */
  readonly leftOut: number;
}

/**
 * The code blocks of a Markdown page as one text in which every line and column stays what it is: all
 * else becomes spaces. Each block is a scope within the scope of the one before it, so it may declare
 * what an earlier one has declared, and use what an earlier one has: documentation is read from top to
 * bottom.
 *
 * A block that does not parse is left out: it is an illustration, not a mistake. What it may have changed
 * is unknown to the blocks behind it. An ellipsis in the place of properties, elements or arguments
 * parses as a spread of nothing, which the evaluator takes for what is not shown.
 */
export function codeOfPage(file: string, text: string): Page {
  const blocks = codeBlocks(text, file.toLowerCase().endsWith('.mdx') ? 'mdx' : 'markdown')
    .filter(({ info, lines }) => LANGUAGE.test(info) && lines.length > 0)
    .map((block) => ({ block, code: codeOf(text, block) }));
  const page = pageOf(text, blocks, ts.ScriptKind.TSX);
  if (page.leftOut === 0) return page;
  // `<T>value` is TypeScript only, `<p/>` is not: what reads more of the page.
  const plain = pageOf(text, blocks, ts.ScriptKind.TS);
  return plain.leftOut < page.leftOut ? plain : page;
}

/** Whether a node is the scope of a page's code block, which is a file to itself. */
export function isCodeBlock(node: ts.Node): boolean {
  return (
    ts.isBlock(node) &&
    ts.isLabeledStatement(node.parent) &&
    node.parent.label.text === LABEL &&
    MARKDOWN.test(node.getSourceFile().fileName)
  );
}

interface Code {
  readonly block: CodeBlock;
  /** From the first line to the last, the marks of block quotes as spaces. */
  readonly code: string;
}

function codeOf(text: string, block: CodeBlock): string {
  let code = '';
  let at = block.lines[0]?.start ?? 0;
  for (const { start, end } of block.lines) {
    code += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return code;
}

function pageOf(text: string, blocks: readonly Code[], kind: ts.ScriptKind): Page {
  /** Names that the blocks so far declare, but for imports. */
  const known = new Set<string>();
  let out = '';
  let at = 0;
  let depth = 0;
  let leftOut = 0;
  for (const { block, code } of blocks) {
    const tree = ts.createSourceFile('block', code, ts.ScriptTarget.Latest, true, kind);
    const reads = parses(tree);
    const own = declaredNames(tree);
    const doubtful = reads ? [] : [...own, ...mentionedNames(tree, known)];
    for (const name of own) known.add(name);
    if (!reads) leftOut++;
    if (!reads && doubtful.length === 0) continue;
    const start = block.lines[0]?.start ?? block.at;
    const closing = depth === MAX_DEPTH ? '}'.repeat(depth) : '';
    const opening = `${closing}${LABEL}:{${doubtful.length > 0 ? `declare let ${[...new Set(doubtful)].join()};` : ''}`;
    out += blank(text.slice(at, block.at)) + opening + blank(text.slice(block.at, start)).replace(/^ */, '');
    out += reads ? withOmissions(tree) : blank(code);
    at = start + code.length;
    depth = closing === '' ? depth + 1 : 1;
  }
  return { text: `${out}${blank(text.slice(at))}\n${'}'.repeat(depth)}export{}`, kind, leftOut };
}

/** Whether there is no mistake but an ellipsis where something is left out. */
function parses(tree: ts.SourceFile): boolean {
  const { parseDiagnostics = [] } = tree as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.every(
    ({ code, start }) => code === EXPRESSION_EXPECTED && tree.text.slice(0, start).trimEnd().endsWith('...'),
  );
}

const EXPRESSION_EXPECTED = 1109;

/** What the block declares for those behind it. An import is what it is, also in a block with a mistake. */
function declaredNames({ statements }: ts.SourceFile): string[] {
  return statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
    const declares = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    return declares && statement.name ? [statement.name.text] : [];
  });
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return name.text === '' ? [] : [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

function mentionedNames(tree: ts.SourceFile, among: ReadonlySet<string>): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && among.has(node.text)) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

/** The code with comments that stand for properties, elements or arguments made spreads of nothing. */
function withOmissions(tree: ts.SourceFile): string {
  return tree.text.replace(OMISSION, (comment, at: number) => {
    const list = listAround(tree, at, tree);
    if (!list) return comment;
    const before = list.findLast((each) => each.end <= at);
    const comma = before && !tree.text.slice(before.end, at).includes(',') ? ',' : '';
    const spread = `${comma}...${list.some((each) => each.pos >= at || each.getStart(tree) > at) ? ',' : ''}`;
    return spread + blank(comment.slice(spread.length));
  });
}

/** The members of the literal or call in which something stands, between them. */
function listAround(node: ts.Node, at: number, tree: ts.SourceFile): readonly ts.Node[] | undefined {
  const inner = ts.forEachChild(node, (child) =>
    child.getStart(tree) <= at && at < child.end ? child : undefined,
  );
  if (inner) return listAround(inner, at, tree);
  if (ts.isObjectLiteralExpression(node)) return node.properties;
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  return ts.isCallExpression(node) && node.expression.end <= at ? node.arguments : undefined;
}
