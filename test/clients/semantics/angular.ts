import { host, type Subject } from './subject.ts';

/** A service with one call, and the setup of its application. */
function service(body: string, providers = '[provideHttpClient()]'): string {
  return `class Service {
  constructor(private readonly http: HttpClient) {}
  load() {
    ${body}
  }
}
export const providers = ${providers};`;
}

function intercepted(headers: string, clone: string): string {
  return service(
    `return this.http.get('HOST/a', { headers: ${headers} });`,
    `[provideHttpClient(withInterceptors([(request, next) => next(request.clone(${clone}))]))]`,
  );
}

export const angular: Subject = {
  name: 'HttpClient',
  packages: ['@angular/common', 'jsdom'],
  note: 'It is the build for development that was run. The one for production sends `true` and `false` as text.',
  query: {
    option: 'params',
    code: (url, params) => service(`return this.http.get(${url}, { params: ${params} });`),
  },
  language: 'ts',
  setup: `import {
  HTTP_INTERCEPTORS, HttpClient, HttpHeaders, HttpParams, HttpRequest, provideHttpClient, withInterceptors, withInterceptorsFromDi,
} from '@angular/common/http';`,
  hidden: {
    before: `import { load } from '${host('angular')}';`,
    after: `await load('HOST', [HttpClient], Service, providers);`,
  },
  send: (url, headers) => service(`return this.http.get(${url}, { headers: ${headers} });`),
  // By the build for development; the other sends a boolean as text, and can't read `undefined` and `null`.
  refuses: [
    'headers as undefined',
    'headers as null',
    'headers as true',
    'headers as false',
    'HttpHeaders of undefined',
    'HttpHeaders set to undefined',
  ],
  cases: {
    'set whose answer is thrown away': service(
      `const headers = new HttpHeaders({ 'X-A': 'one' });\n    headers.set('X-B', 'two');\n    return this.http.get('HOST/a', { headers });`,
    ),
    delete: service(`return this.http.delete('HOST/a', { headers: { 'X-A': 'one' } });`),
    'delete with a body': service(`return this.http.delete('HOST/a', { body: { a: 1 } });`),
    head: service(`return this.http.head('HOST/a');`),
    'json of post': service(`return this.http.post('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } });`),
    'null as body': service(`return this.http.post('HOST/a', null);`),
    'text as body': service(`return this.http.put('HOST/a', 'text');`),
    'HttpParams as body': service(`return this.http.post('HOST/a', new HttpParams().set('a', '1'));`),
    'URLSearchParams as body': service(`return this.http.patch('HOST/a', new URLSearchParams({ a: '1' }));`),
    request: service(
      `return this.http.request('PUT', 'HOST/a', { body: { a: 1 }, headers: { 'X-A': 'one' } });`,
    ),
    'request in lower case': service(`return this.http.request('put', 'HOST/a');`),
    'an HttpRequest': service(
      `return this.http.request(new HttpRequest('POST', 'HOST/a', { a: 1 }, { headers: new HttpHeaders({ 'X-A': 'one' }) }));`,
    ),
    'an HttpRequest without a body': service(
      `return this.http.request(new HttpRequest('GET', 'HOST/a', { params: new HttpParams().set('b', 1) }));`,
    ),
    'an HttpRequest of delete with a body': service(
      `return this.http.request(new HttpRequest('DELETE', 'HOST/a', { a: 1 }));`,
    ),
    HttpHeaders: service(
      `const headers = new HttpHeaders({ 'X-A': 'one', 'X-B': 'one' }).set('x-a', 'two').append('X-C', 'three').delete('x-b');
    headers.set('X-D', 'lost');
    return this.http.get('HOST/a', { headers });`,
    ),
    'append to a header': service(
      `return this.http.get('HOST/a', { headers: new HttpHeaders({ 'X-A': 'one' }).append('x-a', 'two') });`,
    ),
    'a list as value': service(`return this.http.get('HOST/a', { headers: { 'X-A': ['one', 'two'] } });`),
    'HttpHeaders of lines': service(
      `return this.http.get('HOST/a', { headers: new HttpHeaders('X-A: one\\nX-B: two') });`,
    ),
    'HttpHeaders of Headers': service(
      `return this.http.get('HOST/a', { headers: new HttpHeaders(new Headers({ 'X-A': 'one' })) });`,
    ),
    'HttpHeaders of undefined': service(
      `return this.http.get('HOST/a', { headers: new HttpHeaders({ 'X-A': undefined }) });`,
    ),
    'HttpHeaders set to undefined': service(
      `return this.http.get('HOST/a', { headers: new HttpHeaders().set('X-A', undefined) });`,
    ),
    'params of false': service(`return this.http.get('HOST/a', { params: { a: false } });`),
    HttpParams: service(
      `return this.http.get('HOST/a', { params: new HttpParams().set('a', '1').set('a', '2').append('b', '3').delete('c') });`,
    ),
    'HttpParams set to undefined and null': service(
      `return this.http.get('HOST/a', { params: new HttpParams().set('a', undefined).set('b', null).append('c', undefined) });`,
    ),
    'HttpParams of an object': service(
      `return this.http.get('HOST/a', { params: new HttpParams({ fromObject: { a: '1', b: undefined } }) });`,
    ),
    'HttpParams of a text': service(
      `return this.http.get('HOST/a', { params: new HttpParams({ fromString: 'a=1&b=2' }) });`,
    ),
    'an interceptor that sets a header': intercepted(
      `{ 'X-A': 'one', 'X-B': 'one' }`,
      `{ setHeaders: { 'x-b': 'two', 'X-C': 'three' } }`,
    ),
    'an interceptor that sets headers': intercepted(
      `{ 'X-A': 'one' }`,
      `{ headers: request.headers.set('X-B', 'two') }`,
    ),
    'an interceptor that replaces headers': intercepted(
      `{ 'X-A': 'one' }`,
      `{ headers: new HttpHeaders({ 'X-B': 'two' }) }`,
    ),
    'an interceptor that deletes a header': intercepted(
      `{ 'X-A': 'one', 'X-B': 'two' }`,
      `{ headers: request.headers.delete('x-a') }`,
    ),
    'an interceptor that sets a parameter': intercepted(`{ 'X-A': 'one' }`, `{ setParams: { b: '2' } }`),
    'an interceptor that replaces parameters': intercepted(
      `{ 'X-A': 'one' }`,
      `{ params: request.params.set('b', '2') }`,
    ),
    'an interceptor that asks for a header': service(
      `return this.http.get('HOST/a', { headers: { 'X-A': 'one' } });`,
      `[provideHttpClient(withInterceptors([(request, next) => {
  const more = request.headers.has('x-a') ? { 'X-B': 'two' } : { 'X-C': 'three' };
  return next(request.headers.has('X-D') ? request : request.clone({ setHeaders: more }));
}]))]`,
    ),
    'an interceptor with a method and a body': intercepted(`{}`, `{ method: 'PUT', body: { a: 1 } }`),
    'an interceptor with a base': service(
      `return this.http.get('/a');`,
      `[provideHttpClient(withInterceptors([(request, next) => next(request.clone({ url: 'HOST' + request.url }))]))]`,
    ),
    'two interceptors, the last wins': service(
      `return this.http.get('HOST/a');`,
      `[provideHttpClient(withInterceptors([
  (request, next) => next(request.clone({ setHeaders: { 'X-A': 'one', 'X-B': 'one' } })),
  (request, next) => next(request.clone({ setHeaders: { 'X-B': 'two' } })),
]))]`,
    ),
    'an interceptor class': `class Auth {
  intercept(request, next) { return next.handle(request.clone({ setHeaders: { 'X-B': 'two' } })); }
}
${service(
  `return this.http.get('HOST/a', { headers: { 'X-A': 'one' } });`,
  `[provideHttpClient(withInterceptorsFromDi()), { provide: HTTP_INTERCEPTORS, useClass: Auth, multi: true }]`,
)}`,
  },
};
