import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { embeddedScripts } from '../../src/syntax/embedded.ts';

/** What is left besides white space, with the line that it stands on. */
function scripts(file: string, text: string): string[] {
  const kept = embeddedScripts(file, text);
  assert.is(kept.length, text.length, 'every column stays what it is');
  return kept
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [`${index + 1}: ${line.trim()}`]));
}

test('a Vue component keeps its scripts, not its template or style', () => {
  const text =
    '<template>\n  <p>{{ fetch(1) }}</p>\n</template>\n<script setup lang="ts">\nfetch(2);\n</script>\n<style>\na {}\n</style>\n';
  assert.equal(scripts('a.vue', text), ['5: fetch(2);']);
});

test('two scripts of one component both count', () => {
  const text =
    '<script context="module">\nconst a = 1;\n</script>\n<script>\nfetch(a);\n</script>\n<h1>hi</h1>';
  assert.equal(scripts('a.svelte', text), ['2: const a = 1;', '5: fetch(a);']);
});

test('Astro has its script between dashes, and scripts for the browser', () => {
  const text = '---\nconst a = await fetch(1);\n---\n<p>---</p>\n<script>\n  fetch(2);\n</script>';
  assert.equal(scripts('a.astro', text), ['2: const a = await fetch(1);', '6: fetch(2);']);
});

test('data, templates and scripts from elsewhere are no code of the file', () => {
  const text =
    '<script type="application/json">\n{"a": 1}\n</script>\n<script src="./b.js"></script>\n<script type="module">\nfetch(1);\n</script>';
  assert.equal(scripts('a.vue', text), ['6: fetch(1);']);
});

test('a sign in an attribute does not end the tag', () => {
  assert.equal(scripts('a.vue', `<script lang="ts" data-x="a > b">\nfetch(1);\n</script>`), ['2: fetch(1);']);
});

test('line ends of Windows stay', () => {
  assert.is(embeddedScripts('a.vue', '<p>\r\n</p>\r\n<script>\r\nx\r\n</script>').match(/\r\n/g)?.length, 4);
});

test.run();
