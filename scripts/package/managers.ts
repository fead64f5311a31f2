// The package managers that people install the package with, each as a package of the npm registry.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { x } from 'tinyexec';

/** A package manager in one version. */
export interface Manager {
  readonly title: string;
  /** What `npm install` is asked for. */
  readonly spec: string;
  /** Its program, within its package. */
  readonly program: string;
  /** What follows the program to add a .tgz to the package.json of a folder. */
  add(tarball: string): readonly string[];
  /** Files that it needs in the folder beforehand, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** The Node that it needs, if the oldest that we support does not do: a major version. */
  readonly node?: number;
}

/** npm 9, and each that comes with Node 20, 22, 24 and later. 11.0 to 11.5 resolved peers differently from 11.6. */
export const NPMS: readonly Manager[] = [
  npm('9'),
  npm('10'),
  npm('11.0'),
  npm('11.5'),
  npm('11'),
  npm('12', 22),
];

const YARN = { program: 'bin/yarn.js', spec: 'npm:@yarnpkg/cli-dist@4', add: addWithYarn };

export const OTHERS: readonly Manager[] = [
  {
    title: 'pnpm',
    // The last one that is JavaScript.
    spec: 'npm:pnpm@10',
    program: 'bin/pnpm.cjs',
    add: (tarball) => ['add', tarball],
  },
  {
    title: 'Yarn classic',
    spec: 'npm:yarn@1',
    program: 'bin/yarn.js',
    add: (tarball) => ['add', '--no-progress', `file:${tarball}`],
  },
  { ...YARN, title: 'Yarn with node_modules', files: yarnFiles('node-modules') },
];

/** It puts packages into archives, from which no script can load them. */
export const PLUG_AND_PLAY: Manager = { ...YARN, title: "Yarn with Plug'n'Play", files: yarnFiles('pnp') };

function npm(version: string, node?: number): Manager {
  return {
    title: `npm ${version}`,
    spec: `npm:npm@${version}`,
    program: 'bin/npm-cli.js',
    add: (tarball) => ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball],
    ...(node !== undefined && { node }),
  };
}

function addWithYarn(tarball: string): string[] {
  return ['add', `keyspace-grader@file:${tarball}`];
}

function yarnFiles(linker: string): Record<string, string> {
  const settings = { nodeLinker: linker, enableTelemetry: false, enableImmutableInstalls: false };
  return { 'yarn.lock': '', '.yarnrc.yml': `${JSON.stringify(settings)}\n` };
}

/** The Node and the module that run a package manager. */
export type ManagerCommand = readonly [node: string, module: string];

/** Installs them into a folder, all at once, and the Node that some need if this one is older. */
export async function getManagers(
  managers: readonly Manager[],
  folder: string,
): Promise<(manager: Manager) => ManagerCommand> {
  const nodes = new Set(managers.map(({ node }) => node).filter(isTooOld));
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const specs = [
    ...new Map(managers.map((manager) => [alias(manager), manager.spec])),
    ...[...nodes].map((major) => [`node-${major}`, `npm:node-${process.platform}-${process.arch}@${major}`]),
  ].map(([name, spec]) => `${name}@${spec}`);
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await x('npm', ['install', ...options, ...specs], { throwOnError: true, nodeOptions: { cwd: folder } });
  const inside = (...path: string[]) => join(folder, 'node_modules', ...path);
  return (manager) => [
    isTooOld(manager.node) ? inside(`node-${manager.node}`, 'bin', 'node') : process.execPath,
    inside(alias(manager), manager.program),
  ];
}

function isTooOld(node: number | undefined): node is number {
  return node !== undefined && Number(process.versions.node.split('.')[0]) < node;
}

/** A name for the folder of a manager: one for each version. */
function alias({ spec }: Manager): string {
  return spec.replace('npm:', '').replaceAll(/[@/]/g, '-').replace(/^-/, '');
}
