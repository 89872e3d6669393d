import type { Location } from '../request.ts';
import type { ts } from './ts.ts';

/** The place of a node, with lines and columns from 1. */
export function locationOf(node: ts.Node, sourceFile: ts.SourceFile = node.getSourceFile()): Location {
  const start = sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile));
  const end = sourceFile.getLineAndCharacterOfPosition(node.getEnd());
  return {
    file: fileOf(sourceFile),
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The file's path relative to the linted root; the project mounts the root at `/`. */
export function fileOf(sourceFile: ts.SourceFile): string {
  return sourceFile.fileName.slice(1);
}
