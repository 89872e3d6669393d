import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { destinationsOf } from '../../src/commands/destinations.ts';

const CASES: readonly [formats: readonly string[] | undefined, output: string | undefined, goes: string[]][] =
  [
    [['json'], undefined, ['json to standard output']],
    [['sarif:out.sarif'], undefined, ['sarif to out.sarif']],
    [['sarif:out.sarif', 'pretty'], undefined, ['sarif to out.sarif', 'pretty to standard output']],
    [['sarif:C:\\reports\\out.sarif'], undefined, ['sarif to C:\\reports\\out.sarif']],
    [['junit:reports/a:b.xml'], undefined, ['junit to reports/a:b.xml']],
    [['json'], 'r.json', ['json to r.json']],
    [undefined, 'r.txt', ['pretty to r.txt']],
    [['sarif:out.sarif', 'pretty'], 'r.txt', ['sarif to out.sarif', 'pretty to r.txt']],
  ];

for (const [formats, output, goes] of CASES) {
  test(`${formats?.join(' ')} and --output ${output}`, async () => {
    const settings = { ...(formats && { formats }), ...(output !== undefined && { output }) };
    const found = await destinationsOf(settings);
    assert.equal(
      found?.map(({ format, file = 'standard output' }) => `${format} to ${file}`),
      goes,
    );
  });
}

test('nothing typed', async () => {
  assert.is(await destinationsOf({}), undefined);
});

const MISTAKES: readonly [formats: readonly string[], output: string | undefined, message: string][] = [
  [['sarf:x'], undefined, 'unknown format "sarf"; did you mean "sarif"?'],
  [['sarif:'], undefined, '--format sarif: needs a file behind the colon'],
  [
    ['json', 'pretty'],
    undefined,
    'json and pretty would both go to standard output; give one a file of its own: --format json:FILE',
  ],
  [['json:a', 'sarif:a'], undefined, 'json and sarif would both go to a; give one'],
  [['json:./x/../a', 'sarif:a'], undefined, 'json and sarif would both go to a; give one'],
  [['json', 'sarif:a'], 'a', 'json and sarif would both go to a; give one'],
  [['json:a'], 'b', '--output b: each --format names a file of its own'],
];

for (const [formats, output, message] of MISTAKES) {
  test(`a mistake: ${formats.join(' ')} and --output ${output}`, async () => {
    let told = '';
    await destinationsOf({ formats, ...(output !== undefined && { output }) }).catch((error: Error) => {
      told = `${error.name}: ${error.message}`;
    });
    assert.ok(told.startsWith(`UsageError: ${message}`), told);
  });
}

test.run();
