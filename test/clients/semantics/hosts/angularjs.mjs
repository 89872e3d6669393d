import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { browser } from './browser.mjs';

let angular;

/** What a page of the server has that loads AngularJS, and a function that calls another one with the app's services. */
export function angularJs(origin) {
  angular ??= loaded(browser(origin));
  const run = (call) => new Promise((done) => angular.injector(['app']).invoke(call).then(done, done));
  return { angular, run };
}

/** The script as a page runs it, but with the page's globals as parameters: those of this process stay as they are. */
function loaded({ window, document }) {
  const script = createRequire(import.meta.url).resolve('angular/angular.js');
  compileFunction(readFileSync(script, 'utf8'), ['window', 'document'])(window, document);
  return window.angular;
}
