import manifest from '../package.json' with { type: 'json' };

/** The page of a rule, from the package's own folder: `rules/required-headers.md`. */
export function pageOf(ruleId: string): string {
  return `rules/${ruleId}.md`;
}

/** The address of a rule's page, in the repository that package.json names. */
export function docsUrl(ruleId: string): string {
  return page(pageOf(ruleId));
}

/** The address of a page, in the repository that package.json names. */
export function page(file: string): string {
  const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
  return `${repository}/blob/main/${file}`;
}
