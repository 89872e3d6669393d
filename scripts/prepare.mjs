// npm runs this in a clone, and before it packs one. Where a repository is installed for everybody (`npm install
// --global git+…`, which is how pre-commit does it), npm hands "global" down to the install in the clone, and the
// development dependencies are missing: they are installed here then.
import { execFileSync } from 'node:child_process';

function isInstalled(name) {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false;
  }
}

if (!isInstalled('esbuild')) {
  const words = [
    'ci',
    '--global=false',
    '--location=project',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  execFileSync('npm', words, { stdio: 'inherit', shell: process.platform === 'win32' });
}
await import('./build.mjs');
