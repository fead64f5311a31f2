import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withVariables } from '../../base/environment.ts';

/** Where tsx is told which tsconfig.json holds. Its own option does not reach modules that are CommonJS. */
const VARIABLE = 'TSX_TSCONFIG_PATH';

/**
 * Imports a TypeScript file of a collection, by the tsconfig.json in the collection's root, if there is one. The one of
 * the current folder does not count: that may be a learner's, whose `paths` would put a file of the learner's in the
 * place of any package that is imported. Rejects with what the import fails with.
 */
export async function importTypeScript(file: string, root: string): Promise<unknown> {
  // It takes long to load, and the action's bundle is to do without it.
  const { tsImport } = await import('tsx/esm/api');
  const settings = join(root, 'tsconfig.json');
  // It is read before the call returns: nobody else is to see it while the file is imported.
  const { importing } = await withVariables(
    { [VARIABLE]: existsSync(settings) ? settings : devNull },
    async () => ({ importing: tsImport(pathToFileURL(file).href, import.meta.url) as Promise<unknown> }),
  );
  return importing;
}
