/**
 * Programs that stand in for those of the same name where a reader's would fetch something, or would only take
 * longer. KG_CLI is the tool, KG_MODULES what an installation brings, KG_NPM and KG_NPX the real
 * programs, which are taken where KG_REAL is set.
 */
export const STAND_INS = {
  /** As `npm install --global` puts it on the PATH. */
  'keyspace-grader': `#!/usr/bin/env bash
exec node "$KG_CLI" "$@"
`,
  /** Installs without a registry; \`npm run grade\` need not build what is built. */
  npm: `#!/usr/bin/env bash
case "$1 $2 $3" in
  'ci '* | 'install '*) [[ -e node_modules ]] || ln -s "$KG_MODULES" node_modules; exit ;;
  'run grade --') [[ $KG_REAL ]] || exec node "$KG_CLI" grade "\${@:4}" ;;
esac
exec "$KG_NPM" "$@"
`,
  /** Takes what is installed, as npx does, without npm's own second. */
  npx: `#!/usr/bin/env bash
[[ -z $KG_REAL ]] || exec "$KG_NPX" "$@"
[[ $1 != --yes ]] || shift
case "$1" in
  keyspace-grader | keyspace-grader@*) exec node "$KG_CLI" "\${@:2}" ;;
esac
exec "node_modules/.bin/$1" "\${@:2}"
`,
};
