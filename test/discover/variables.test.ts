import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { discoverFiles } from '../../src/discover/files.ts';
import { isSetFor, readVariables, setsVariables } from '../../src/discover/variables.ts';
import { folderWith, git } from '../support/folder.ts';

const read = (text: string, file = '.env') =>
  Object.fromEntries(readVariables([file], () => text).map(({ name, url }) => [name, url]));

test('the files that are read', () => {
  const yes = [
    '.env',
    'a/.env.example',
    '.env.local',
    '.env.production.local',
    'prod.env',
    'docker-compose.yml',
  ];
  for (const file of [
    ...yes,
    'compose.yaml',
    'docker-compose.dev.yml',
    'a/next.config.mjs',
    'nuxt.config.ts',
  ])
    assert.ok(setsVariables(file), file);
  for (const file of [
    'env',
    'env.ts',
    '.environment',
    'my.env.ts',
    'docker.yml',
    'next.config.json',
    'a.next.config.js',
  ])
    assert.not(setsVariables(file), file);
});

test('lines of dotenv files', () => {
  assert.equal(
    read(
      [
        'A=http://localhost:9011',
        'export B = "https://b.example/api/" # comment',
        "C='https://c.example/v2'",
        '# D=http://localhost:9011',
        'E=https://e.example # comment',
        'F=f.example',
        'G=localhost:9011',
        `H=http://\${HOST}:\${PORT:-9011}\${PATH_PREFIX}`,
        'HOST=localhost',
        'PORT=80a',
        'PATH_PREFIX=',
        `I='http://\${HOST}'`,
        'J=$A/api',
        'K=HTTPS://K.example',
      ].join('\r\n'),
    ),
    {
      A: 'http://localhost:9011',
      B: 'https://b.example/api',
      C: 'https://c.example/v2',
      E: 'https://e.example',
      F: 'f.example',
      G: 'localhost:9011',
      I: 'http://localhost',
      J: 'http://localhost:9011/api',
      K: 'https://k.example',
    },
  );
});

test('variables that name each other have no end', () => {
  assert.equal(read(`A=http://\${B}\nB=\${A}`), {});
});

test('nothing is kept that may be a secret', () => {
  const secret = 'not-a-real-secret-1';
  const lines = [
    `KEY=${secret}`,
    'TOKEN=eyJhbGciOi.eyJzdWIi.c2ln',
    `DATABASE=postgres://user:${secret}@db.example:5432/users`,
    `HOOK=https://hooks.example/services/T0/${secret}`,
    `BASIC=https://user:${secret}@b.example/api?key=${secret}#${secret}`,
    `JOINED=https://j.example/\${KEY}`,
    `QUERY=https://q.example/?token=${secret}`,
  ].join('\n');
  assert.equal(read(lines), { BASIC: 'https://b.example/api', QUERY: 'https://q.example' });
  assert.not.match(JSON.stringify(readVariables(['.env'], () => lines)), /secret|eyJ/);
});

test('services of a Compose file', () => {
  const text = `environment:\n  - A=http://a:9011\n  - "B=http://b:9011"\n  C: "http://c:9011"\n  D: \${X:-http://d:9011}\n`;
  assert.equal(read(text, 'docker-compose.yml'), {
    A: 'http://a:9011',
    B: 'http://b:9011',
    C: 'http://c:9011',
    D: 'http://d:9011',
  });
});

test('a variable counts for the files beside and below the one that sets it', () => {
  const [variable] = readVariables(['packages/a/.env'], () => 'A=http://localhost:9011');
  assert.ok(variable);
  assert.ok(isSetFor(variable, 'packages/a/src/x.ts'));
  assert.not(isSetFor(variable, 'packages/ab/x.ts'));
  assert.not(isSetFor(variable, 'x.ts'));
});

test('a file that git ignores is not read, for another clone does not have it', async () => {
  const root = folderWith({
    '.gitignore': '.env\n',
    '.env': '',
    '.env.example': '',
    'dist/.env.example': '',
  });
  const settings = async () =>
    (await discoverFiles({ root, paths: ['.'], include: [], exclude: [] })).settings;
  assert.equal(await settings(), ['.env.example']);
  git(root, 'init', '--quiet');
  assert.equal(await settings(), ['.env.example']);
});

test.run();
