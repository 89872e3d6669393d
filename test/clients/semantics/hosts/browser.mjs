import jqueryFor from 'jquery';
import { JSDOM, VirtualConsole } from 'jsdom';

let window;

/** The globals of a page of the server; jQuery is made anew, for its settings would outlive a case. */
export function browser(origin) {
  window ??= new JSDOM('', { url: origin, virtualConsole: new VirtualConsole() }).window;
  const { document, XMLHttpRequest } = window;
  return { window, document, XMLHttpRequest, $: jqueryFor(window) };
}
