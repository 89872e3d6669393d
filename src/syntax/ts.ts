/** The compiler API as ts-morph carries it. The rest of fusionlint gets the syntax tree from here only. */
export { ts } from 'ts-morph';
