import { escapeHidden } from './text.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Element | string)[];
}

export function element(
  name: string,
  attributes: Element['attributes'],
  children: Element['children'] = [],
): Element {
  return { name, attributes, children };
}

/** The document, ending with a line break. An element that holds text holds nothing else. */
export function printXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(root, '')}`;
}

function print({ name, attributes, children }: Element, indent: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `${indent}<${name}${list.join('')}`;
  if (children.length === 0) return `${open}/>\n`;
  const text = children.filter((child) => typeof child === 'string');
  if (text.length > 0) return `${open}>${text.map(escapeText).join('')}</${name}>\n`;
  const elements = children.filter((child) => typeof child !== 'string');
  return `${open}>\n${elements.map((child) => print(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** No character is left that XML 1.0 forbids: controls, surrogates and noncharacters. */
function escaped(text: string): string {
  return escapeHidden(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Line breaks stay. */
function escapeText(text: string): string {
  return text.split('\n').map(escaped).join('\n');
}
