import { authJs } from './auth-js.ts';
import { environments } from './environment.ts';
import type { Library } from './natives.ts';
import { packages } from './packages.ts';
import { paths } from './paths.ts';
import { queryPackages } from './query-packages.ts';

/** Packages, and modules of Node.js, that requests are put together with or sent from. */
export const modules: readonly Library[] = [packages, queryPackages, paths, environments, authJs];
