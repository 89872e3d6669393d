import { host, type Subject } from './subject.ts';

/** A service with one call, and the module that it is given its `HttpService` by. */
function service(body: string, module = 'HttpModule.register({})'): string {
  return `class Service {
  constructor(private readonly http: HttpService) {}
  load() {
    ${body}
  }
}
export const module = ${module};`;
}

export const nestAxios: Subject = {
  name: '@nestjs/axios',
  packages: ['@nestjs/axios', 'axios'],
  query: {
    option: 'params',
    code: (url, params) => service(`return this.http.get(${url}, { params: ${params} });`),
  },
  join: {
    option: 'baseURL',
    code: (base, path) =>
      service(`return this.http.get(${path});`, `HttpModule.register({ baseURL: ${base} })`),
  },
  language: 'ts',
  setup: `import { HttpModule, HttpService } from '@nestjs/axios';`,
  hidden: {
    before: `import { load } from '${host('nest')}';`,
    after: `await load(Service, module);`,
  },
  send: (url, headers) => service(`return this.http.get(${url}, { headers: ${headers} });`),
  refuses: ['headers as flat'],
  cases: {
    'a body of post': service(`return this.http.post('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } });`),
    'a form of put': service(`return this.http.put('HOST/a', new URLSearchParams({ a: '1' }));`),
    'a form of postForm': service(`return this.http.postForm('HOST/a', { a: 1 });`),
    patch: service(`return this.http.patch('HOST/a', { a: 1 });`),
    delete: service(`return this.http.delete('HOST/a');`),
    head: service(`return this.http.head('HOST/a');`),
    request: service(
      `return this.http.request({ url: 'HOST/a', method: 'PUT', data: { a: 1 }, headers: { 'X-A': 'one' } });`,
    ),
    axiosRef: service(`return this.http.axiosRef.get('HOST/a', { headers: { 'X-A': 'one' } });`),
    'axiosRef, called': service(`return this.http.axiosRef({ url: 'HOST/a', method: 'PUT' });`),
    'the module below a call': service(
      `return this.http.get('/a', { headers: { 'X-B': 'two' } });`,
      `HttpModule.register({ baseURL: 'HOST/v1', headers: { 'X-A': 'one', 'X-B': 'one' }, params: { c: 1 } })`,
    ),
    'undefined removes a default': service(
      `return this.http.get('HOST/a', { headers: { 'X-A': undefined } });`,
      `HttpModule.register({ headers: { 'X-A': 'one' } })`,
    ),
    'the module below axiosRef': service(
      `return this.http.axiosRef.get('/a');`,
      `HttpModule.register({ baseURL: 'HOST/v1', headers: { 'X-A': 'one' } })`,
    ),
    'a factory': service(
      `return this.http.get('a');`,
      `HttpModule.registerAsync({ useFactory: async () => ({ baseURL: 'HOST/v1/', headers: { 'X-A': 'one' } }) })`,
    ),
    'a class of options': `class Options {
  createHttpOptions() { return { baseURL: 'HOST/v1', headers: { 'X-A': 'one' } }; }
}
${service(`return this.http.get('/a');`, `HttpModule.registerAsync({ useClass: Options })`)}`,
    'an interceptor': service(
      `this.http.axiosRef.interceptors.request.use((config) => {
      config.headers['X-A'] = 'one';
      return config;
    });
    return this.http.get('HOST/a', { headers: { 'X-B': 'two' } });`,
    ),
    'defaults of axiosRef': service(
      `this.http.axiosRef.defaults.headers.common['X-A'] = 'one';
    return this.http.get('HOST/a');`,
    ),
  },
};
