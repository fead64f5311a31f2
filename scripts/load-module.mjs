// Loads TypeScript of the harness into a build script.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

// One namespace: in each of its own, tsx would load again whatever two modules share.
const tsx = register({ namespace: 'build' });

/** Loads a module by the path of its file. */
export const loadFile = (path) => tsx.import(pathToFileURL(path).href, import.meta.url);

/** Loads a module of the harness, named by its path in it. */
export const loadModule = (path) =>
  loadFile(fileURLToPath(new URL(`../graders/harness/${path}`, import.meta.url)));
