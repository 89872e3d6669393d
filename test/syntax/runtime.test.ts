import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bindingsOf } from '../../src/syntax/bindings.ts';
import { Project } from '../../src/syntax/project.ts';
import { runtimeOf } from '../../src/syntax/runtime.ts';

/** What is said of the call of `send()` in a file. */
function runtime(source: string, file = 'src/main.tsx'): string {
  const tree = new Project('/project', new Set([file]), () => source).source(file);
  const call = tree && bindingsOf(tree).calls.find((each) => each.expression.getText() === 'send');
  assert.ok(call, 'no call of send()');
  const found = runtimeOf(call);
  return found.kind === 'unknown' ? 'unknown' : `${found.kind}: ${found.sign.label}`;
}

const cases: Readonly<Record<string, readonly (readonly [source: string, said: string, file?: string])[]>> = {
  'directives of a file': [
    ['"use client";\nsend();', 'browser: `"use client"`'],
    ['"use strict";\n"use client";\nsend();', 'browser: `"use client"`'],
    ['"use server";\nexport const f = () => send();', 'server: `"use server"`'],
    ['send();\n"use client";', 'unknown'],
  ],
  'a directive of a function': [
    [
      'import { useState } from "react";\nasync function f() { "use server"; send(); }\nuseState();',
      'server: `f()`',
    ],
  ],
  'functions that frameworks keep on the server': [
    ['"use client";\nexport const getServerSideProps = () => send();', 'server: `getServerSideProps()`'],
    ['export async function loader() { send(); }\nfunction P() { useState(); }', 'unknown'],
    ['function P() { useEffect(() => send()); }\nexport function loader() {}', 'browser: `useEffect()`'],
    [
      'function f() { send(); }\nfunction P() { useState(); }\nexport function getStaticProps() {}',
      'unknown',
    ],
    ['export const f = server$(async () => send()); document.title;', 'server: `f()`'],
  ],
  'names of files': [
    ['document.title; send();', 'server: a file that stays on the server', 'src/pages/api/user.ts'],
    ['document.title; send();', 'server: a file that stays on the server', 'src/app/users/[id]/route.ts'],
    ['document.title; send();', 'server: a file that stays on the server', 'src/routes/+page.server.ts'],
    ['document.title; send();', 'server: a file that stays on the server', 'app/users.server.ts'],
    ['document.title; send();', 'server: a file that stays on the server', 'server/users.ts'],
    ['<script>\nsend();\n</script>', 'browser: a Vue component', 'src/User.vue'],
    ['<script>\nsend();\n</script>', 'server: a file that stays on the server', 'src/User.server.vue'],
    ['<script>\nsend();\n</script>', 'browser: a Svelte component', 'src/User.svelte'],
    ['---\nsend();\n---\n<p/>', 'unknown', 'src/User.astro'],
    ['"use client"; send();', 'unknown', 'src/__tests__/user.tsx'],
  ],
  modules: [
    ['import { Injectable } from "@angular/core";\nsend();', 'browser: the import of `@angular/core`'],
    ['import type { Ref } from "vue";\nsend();', 'unknown'],
    ['import { readFile } from "node:fs";\ndocument.title; send();', 'server: the import of `node:fs`'],
    ['const express = require("express");\ndocument.title; send();', 'server: the import of `express`'],
    ['import { Text, useInput } from "ink";\nuseState(); send();', 'server: the import of `ink`'],
    ['import { signIn } from "next-auth/react";\nuseState(); send();', 'browser: `useState()`'],
  ],
  'what the functions around the call use': [
    ['document.title;\nbutton.onclick = () => send();', 'browser: `document`'],
    ['function f() { localStorage.getItem("a"); send(); }', 'browser: `localStorage`'],
    ['function f() { localStorage.getItem("a"); }\nfunction g() { send(); }', 'unknown'],
    ['await page.evaluate(() => document.title);\nsend();', 'unknown'],
    ['const document = load();\ndocument.title; send();', 'unknown'],
    ['if (typeof window === "undefined") send();\nelse window.stop();', 'unknown'],
    ['chrome.storage.local.get("a");\nsend();', 'browser: `chrome`'],
    ['Deno.env.get("A"); window.x; send();', 'server: a file that stays on the server'],
  ],
  hooks: [
    ['function P() { const [a] = React.useState(); send(); }', 'browser: `useState()`'],
    ['function P() { const a = useTranslations(); send(); }', 'unknown'],
    ['export default async function P() { await send(); return <p />; }', 'unknown'],
  ],
};

for (const [name, each] of Object.entries(cases)) {
  test(name, () => {
    for (const [source, said, file] of each) assert.is(runtime(source, file), said, source);
  });
}

test.run();
