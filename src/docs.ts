import manifest from '../package.json' with { type: 'json' };

/** Where the source is, as package.json names it. */
export const repository: string = manifest.repository.url.replace(/^git\+|\.git$/g, '');

/** The page of a rule, from the package's own folder: `rules/required-headers.md`. */
export function pageOf(ruleId: string): string {
  return `rules/${ruleId}.md`;
}

/** The address of a rule's page. */
export function docsUrl(ruleId: string): string {
  return page(pageOf(ruleId));
}

/** The address of a page. */
export function page(file: string): string {
  return `${repository}/blob/main/${file}`;
}
