/**
 * Whether a version can be released, and what its release says: decisions only, nothing is read or started here.
 *
 * In: the manifest's version, the text of CHANGELOG.md, what git says. Out: the changelog's section as the release's notes, and
 * the sentences that say what is in the way.
 */

const heading = /^## +(\S+)(?: +\(([^)]*)\))? *$/;

/**
 * The section of a version: what stands between its heading and the next one.
 * @param {string} changelog
 * @param {string} version
 * @returns {{when: string | undefined, text: string} | undefined} `when`: what the heading has in brackets
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => heading.exec(line)?.[1] === version);
  if (start < 0) {
    return undefined;
  }
  const length = lines.slice(start + 1).findIndex((line) => heading.test(line));
  const body = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  return { when: heading.exec(lines[start])?.[2], text: body.join('\n').trim() };
}

/**
 * @param {object} facts
 * @param {string} facts.version of package.json
 * @param {string} facts.lockVersion of package-lock.json
 * @param {string} facts.changelog text of CHANGELOG.md
 * @param {string} facts.changed what `git status --porcelain` prints
 * @param {readonly string[]} facts.tagsHere tags of the commit that is checked out
 * @param {readonly string[]} facts.tags all tags
 * @returns {{notes: string, tag: string, problems: string[]}}
 */
export function planRelease({ version, lockVersion, changelog, changed, tagsHere, tags }) {
  const tag = `v${version}`;
  const section = sectionOf(changelog, version);
  const problems = [];
  if (!section || section.text === '') {
    problems.push(`CHANGELOG.md says nothing about ${version}`);
  } else if (!/^\d{4}-\d\d-\d\d$/.test(section.when ?? '')) {
    problems.push(`CHANGELOG.md: "## ${version}" needs the date of its release, as (YYYY-MM-DD)`);
  }
  if (lockVersion !== version) {
    problems.push(`package-lock.json is of ${lockVersion}: run npm version ${version} --no-git-tag-version`);
  }
  if (changed.trim() !== '') {
    problems.push(`there are changes that are not committed:\n${changed.trimEnd()}`);
  }
  if (!tagsHere.includes(tag)) {
    problems.push(
      tags.includes(tag)
        ? `${tag} is the tag of another commit`
        : `this commit has no tag: git tag ${tag} && git push --tags`,
    );
  }
  return { notes: section?.text ?? '', tag, problems };
}
