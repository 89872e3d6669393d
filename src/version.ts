import manifest from '../package.json' with { type: 'json' };

/** fusionlint's own version. */
export const version: string = manifest.version;
