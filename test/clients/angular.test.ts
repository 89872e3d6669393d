import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

const IMPORTS = `import { HttpClient, HttpHeaders, HttpParams, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
`;

/** The place that sets HttpClient up; without it, interceptors may be anywhere. */
const SETUP = `import { provideHttpClient, withInterceptors, HTTP_INTERCEPTORS } from '@angular/common/http';
`;

/** The only call of a service, in a project whose setup is known. */
function call(body: string, setup = 'export const providers = [provideHttpClient()];') {
  const calls = callsIn({
    'service.ts': `${IMPORTS}export class Service {
  constructor(private readonly http: HttpClient) {}
  load(id: string) { ${body} }
}`,
    'app.config.ts': SETUP + setup,
  });
  assert.is(calls.length, 1);
  return calls[0] as (typeof calls)[number];
}

const headersOf = (body: string, setup?: string) => printFields(onlyRequest(call(body, setup)).headers);

test('verbs by the type of a constructor parameter', () => {
  for (const [code, request] of [
    [`this.http.get('https://fusion.adobe.io/a')`, 'GET https://fusion.adobe.io/a'],
    [`this.http.delete('https://fusion.adobe.io/a/' + id)`, 'DELETE https://fusion.adobe.io/a/{id}'],
    [`this.http.post('https://fusion.adobe.io/a', { x: 1 })`, 'POST https://fusion.adobe.io/a'],
    [`this.http.patch<Team>('https://fusion.adobe.io/a', {})`, 'PATCH https://fusion.adobe.io/a'],
    [`this.http.request('PUT', 'https://fusion.adobe.io/a')`, 'PUT https://fusion.adobe.io/a'],
    [
      `this.http.request(new HttpRequest('POST', 'https://fusion.adobe.io/a', {}))`,
      'POST https://fusion.adobe.io/a',
    ],
  ] as const)
    assert.equal(printRequests(call(`return ${code};`)), [request], code);
});

test('a field that is injected', () => {
  const [found] = callsIn(`${IMPORTS}class Service {
  private http = inject(HttpClient);
  load() { return this.http.get('https://fusion.adobe.io/a'); }
}`);
  assert.equal(found && printRequests(found), ['GET https://fusion.adobe.io/a']);
});

test('a field of a base class', () => {
  const [found] = callsIn(`${IMPORTS}class Base { constructor(protected http: HttpClient) {} }
class Service extends Base { load() { return this.http.get('https://fusion.adobe.io/a'); } }`);
  assert.equal(found && printRequests(found), ['GET https://fusion.adobe.io/a']);
});

test('headers of a record and of builders, which answer a copy', () => {
  assert.equal(headersOf(`this.http.get('https://h.example', { headers: { 'X-A': 'one' } });`), {
    'x-a': 'one',
  });
  assert.equal(
    headersOf(
      `const headers = new HttpHeaders({ 'X-A': 'one' }).set('X-B', 'two').delete('x-a');
       headers.set('X-C', 'lost');
       this.http.get('https://h.example', { headers });`,
    ),
    { 'x-b': 'two' },
  );
  assert.equal(
    headersOf(
      `let headers = new HttpHeaders();
       headers = headers.append('X-A', 'one');
       if (id) headers = headers.set('X-B', id);
       this.http.post('https://h.example', {}, { headers });`,
    ),
    { 'x-a': 'one', 'x-b?': '{id}' },
  );
});

test('a header that is undefined is refused, so nothing is said of it', () => {
  const { headers } = onlyRequest(
    call(`this.http.get('https://h.example', { headers: { 'X-A': undefined } });`),
  );
  assert.is(headers.fields[0]?.presence, 'unknown');
});

test('parameters: undefined is text', () => {
  const query = (params: string) =>
    printFields(onlyRequest(call(`this.http.get('https://h.example/a?z=9', { params: ${params} });`)).query);
  assert.equal(query(`{ a: 1, b: undefined }`), { z: '9', a: '1', b: 'undefined' });
  assert.equal(query(`new HttpParams().set('a', '1').append('b', '2')`), { z: '9', a: '1', b: '2' });
  assert.equal(query(`new HttpParams({ fromObject: { a: '1' } })`), { z: '9', a: '1' });
  assert.equal(query(`new HttpParams({ fromString: 'a=1&b=2' })`), { z: '9', a: '1', b: '2' });
});

test('a body of parameters is a form', () => {
  const request = onlyRequest(call(`this.http.post('https://h.example', new HttpParams().set('a', '1'));`));
  assert.is(request.body.kind, 'form');
  assert.equal(printFields(request.body.fields), { a: '1' });
});

test('interceptor functions', () => {
  assert.equal(
    headersOf(
      `this.http.get('https://h.example/a', { headers: { 'X-A': 'one' } });`,
      `const auth = (req, next) => next(req.clone({ setHeaders: { 'X-B': 'two' } }));
       const tenant = (req, next) => {
         if (req.url.startsWith('/local')) return next(req);
         return next(req.clone({ headers: req.headers.set('X-C', 'three') })).pipe(retry());
       };
       export const providers = [provideHttpClient(withInterceptors([auth, tenant]))];`,
    ),
    { 'x-a': 'one', 'x-b': 'two', 'x-c': 'three' },
  );
});

test('an interceptor class, under a condition', () => {
  assert.equal(
    headersOf(
      `this.http.get('https://h.example/a');`,
      `class Auth { intercept(req, next) {
         const token = localStorage.getItem('token');
         if (!token) return next.handle(req);
         return next.handle(req.clone({ setHeaders: { Authorization: \`Bearer \${token}\` } }));
       } }
       export const providers = [provideHttpClient(), { provide: HTTP_INTERCEPTORS, useClass: Auth, multi: true }];`,
    ),
    { 'authorization?': 'Bearer {token}' },
  );
});

test('an interceptor that lays a base before the address', () => {
  assert.equal(
    printRequests(
      call(
        `this.http.get('/api/v3/scenarios');`,
        `const base = (req, next) => next(req.clone({ url: 'https://fusion.adobe.io' + req.url }));
         export const providers = [provideHttpClient(withInterceptors([base]))];`,
      ),
    ),
    ['GET https://fusion.adobe.io/api/v3/scenarios'],
  );
});

test('an interceptor that deletes or replaces on some paths, or by what is not known', () => {
  const through = (clone: string) =>
    headersOf(
      `this.http.get('https://h.example/a', { headers: { 'X-A': 'one' } });`,
      `const change = (request, next) => { ${clone} };
       export const providers = [provideHttpClient(withInterceptors([change]))];`,
    );
  assert.equal(
    through(`return next(isLocal() ? request.clone({ headers: request.headers.delete('X-A') }) : request);`),
    { 'x-a?': 'one' },
  );
  assert.is(through('return next(request.clone(changes()));')['x-a'], 'one');
  assert.type(through('return next(request.clone(changes()));')['…'], 'string');
  assert.type(through('return next(request.clone({ headers: signed(request) }));')['…'], 'string');
});

test('headers that are not known', () => {
  for (const headers of ['headers()', 'new HttpHeaders(headers())', 'id ? headers() : undefined'])
    assert.type(headersOf(`this.http.get('https://h.example/a', { headers: ${headers} });`)['…'], 'string');
});

test('an interceptor that is not followed, and a setup that is not seen, leave the headers open', () => {
  const asynchronous = headersOf(
    `this.http.get('https://h.example/a');`,
    `const auth = (req, next) => from(token()).pipe(switchMap((t) => next(req.clone({ setHeaders: { 'X-A': t } }))));
     export const providers = [provideHttpClient(withInterceptors([auth]))];`,
  );
  assert.is(asynchronous['…'], 'an interceptor that is not followed');
  const unseen = headersOf(`this.http.get('https://h.example/a');`, '');
  assert.is(unseen['…'], 'interceptors that may be set up elsewhere');
});

test('a parameter of another type, or of none, is no client', () => {
  assert.equal(
    callsIn(`class Service {
  constructor(private http: Http, private other) {}
  load() { this.http.get('https://fusion.adobe.io/a'); this.other.get('https://fusion.adobe.io/a'); }
}`),
    [],
  );
});

test.run();
