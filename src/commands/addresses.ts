import type { Location } from '../request.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The address of a place in the commit that a workflow of GitHub runs on; undefined elsewhere. */
export function blobAddress(env: Environment, base: string): ((place: Location) => string) | undefined {
  const { GITHUB_ACTIONS, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_SHA: commit } = env;
  if (GITHUB_ACTIONS !== 'true' || !server || !name || !commit) return undefined;
  return ({ file, startLine, endLine }) => {
    const path = (base + file).split('/').map(encodeURIComponent).join('/');
    const lines = startLine === endLine ? `L${startLine}` : `L${startLine}-L${endLine}`;
    return `${server}/${name}/blob/${commit}/${path}#${lines}`;
  };
}
