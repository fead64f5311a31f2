import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { testFiles, testProjects } from './projects.ts';

const projects = testProjects(PROJECT_ROOT);
const projectOf = (path: RegExp) =>
  projects.filter(({ files }) => files.some((file) => path.test(file))).map(({ name }) => name);

describe('testProjects', () => {
  it('puts every test file into exactly one project', () => {
    expect(projects.flatMap(({ files }) => files).sort()).toEqual(testFiles(PROJECT_ROOT).sort());
  });

  it.each([
    ['unit', /\/testing\/projects\.test\.ts$/],
    ['server', /\/snapshot\.test\.ts$/],
    ['cli', /\/cli\/list\.test\.ts$/],
    ['class', /\/cli\/batch\.test\.ts$/],
    ['installed', /\/init\.test\.ts$/],
    ['engines', /\/cli\/grade\.test\.ts$/],
    ['documents', /\/documented-commands\.test\.ts$/],
    ['fixtures', /^fixtures\/sessions\.test\.ts$/],
    ['queue', /\/killed-workers\.test\.ts$/],
    ['faults', /\/full-disk\.test\.ts$/],
    ['hostile', /^fixtures\/hostile\.test\.ts$/],
  ])('knows what is for %s: %s', (name, path) => {
    expect(projectOf(path)).toEqual([name]);
  });
});
