// testcontainers loads at once whatever it may ever need: SSH, BuildKit, an HTTP client, archives. Grading with an
// engine beside us uses none of these, and loading them takes longer than starting Valkey. The bundle has each in
// a file of its own, which is loaded when something of it is first used.
import { join } from 'node:path';
import { build } from 'esbuild';
import { common } from './bundling.mjs';

/** What is asked for, and by whom where that tells it from another module of the same name. */
const PARTS = [
  { asked: './ssh', by: /[\\/]docker-modem[\\/]lib[\\/]/, file: 'docker-over-ssh' },
  { asked: 'ssh-remote-port-forward', file: 'ssh-remote-port-forward' },
  { asked: '@grpc/grpc-js', file: 'grpc-js' },
  { asked: '@grpc/proto-loader', file: 'grpc-proto-loader' },
  { asked: 'protobufjs', file: 'protobufjs' },
  { asked: 'undici', file: 'undici' },
  { asked: 'archiver', file: 'archiver' },
  { asked: 'tar-fs', file: 'tar-fs' },
];

/** Optional parts of packages: they are compiled on the machine, or not there. */
export const OPTIONAL = ['cpu-features', '*.node'];

/**
 * For a bundle whose chunks lie in a folder beside `later/`, in which the parts are written.
 * @param {Map<string, string>} found where each part's module is, by the name of its file: filled on the way
 * @returns {import('esbuild').Plugin}
 */
export function loadedWhenUsed(found) {
  return {
    name: 'loaded-when-used',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^[\w@./-]+$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === 'itself' || kind !== 'require-call') return undefined;
        const part = PARTS.find(({ asked, by }) => asked === path && (by?.test(importer) ?? true));
        if (!part) return undefined;
        const itself = await resolve(path, { importer, resolveDir, kind, pluginData: 'itself' });
        if (itself.errors.length > 0) return { errors: itself.errors };
        found.set(part.file, itself.path);
        return { path: part.file, namespace: 'later' };
      });
      onResolve({ filter: /^\.\.\/later\//, namespace: 'later' }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
        contents: standIn(`../later/${path}.cjs`),
      }));
    },
  };
}

/** A module that is another one from the moment on at which something of it is used. */
function standIn(file) {
  return `
    let loaded;
    const itself = () => (loaded ??= require(${JSON.stringify(file)}));
    module.exports = new Proxy(function () {}, {
      // TypeScript's helpers ask for it while modules are loaded: none of these has it.
      get: (_, name) => (name === '__esModule' ? undefined : itself()[name]),
      apply: (_, self, args) => Reflect.apply(itself(), self, args),
      construct: (_, args) => Reflect.construct(itself(), args),
    });`;
}

/** The parts themselves, to be written. */
export async function laterParts(found, outdir) {
  return await build({
    ...common,
    entryPoints: Object.fromEntries(found),
    outdir: join(outdir, 'later'),
    format: 'cjs',
    banner: {},
    plugins: [],
    outExtension: { '.js': '.cjs' },
    external: OPTIONAL,
  });
}
