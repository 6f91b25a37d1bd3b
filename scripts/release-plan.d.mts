export function sectionOf(
  changelog: string,
  version: string,
): { readonly when: string | undefined; readonly text: string } | undefined;

export function planRelease(facts: {
  readonly version: string;
  readonly lockVersion: string;
  readonly changelog: string;
  readonly changed: string;
  readonly tagsHere: readonly string[];
  readonly tags: readonly string[];
}): { readonly notes: string; readonly tag: string; readonly problems: readonly string[] };
