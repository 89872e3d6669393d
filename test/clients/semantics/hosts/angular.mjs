import '@angular/compiler';
import { XhrFactory } from '@angular/common';
import {
  createEnvironmentInjector,
  DOCUMENT,
  Injector,
  provideZonelessChangeDetection,
  ɵINJECTOR_SCOPE as SCOPE,
} from '@angular/core';
import { lastValueFrom } from 'rxjs';
import { browser } from './browser.mjs';

/** Calls `load` of a service as an application would that is set up with these providers. */
export async function load(origin, tokens, Service, providers) {
  const { document, XMLHttpRequest } = browser(origin);
  const injector = createEnvironmentInjector(
    [
      { provide: SCOPE, useValue: 'root' },
      { provide: DOCUMENT, useValue: document },
      { provide: XhrFactory, useValue: { build: () => new XMLHttpRequest() } },
      provideZonelessChangeDetection(),
      ...providers,
    ],
    Injector.NULL,
  );
  // What the compiler would write for the constructor's types.
  const service = new Service(...tokens.map((token) => injector.get(token)));
  await lastValueFrom(service.load());
}
