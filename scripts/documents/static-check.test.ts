import { describe, expect, it } from 'vitest';
import { faultOf, isMention } from './static-check.ts';

describe('faultOf', () => {
  it.each([
    'keyspace-grader grade sessions/cantina --engine local | jq .score',
    'npx --yes keyspace-grader@0.1.0 grade sessions/cantina',
    'npm ci && npm run grade -- sessions/cantina',
    'time keyspace-grader worker --once --jobs 4',
    'keyspace-grader try sessions/cantina --explain < commands.valkey',
    'keyspace-grader grade <challenge> [path] --engine auto|local',
    'keyspace-grader batch',
    'docker build -t a -f runtime/Dockerfile . && docker push a',
    'npx vitest run',
  ])('finds nothing in %s', (text) => {
    expect(faultOf(text)).toBeUndefined();
  });

  it.each([
    ['keyspace-grader grde sessions/cantina', "error: unknown command 'grde'"],
    ['npx keyspace-grader grade a --engin local', "error: unknown option '--engin'"],
    ['npm run grade -- sessions/cantina --engine nowhere', /--engine.*nowhere.*is invalid/],
    ['keyspace-grader judge sessions/cantina evidence.json more', /too many arguments/],
    ['A=1 keyspace-grader batch sessions --submissions repos', /required option '--out/],
    ['keyspace-grader grde <challenge>', 'there is no command grde'],
    ['keyspace-grader grade <challenge> --engin', 'grade has no option --engin'],
    ['keyspace-grader grade <challenge> --engine auto|nowhere', '--engine of grade cannot be nowhere'],
    ['npm ci && npm run nothing', 'package.json has no script nothing'],
    ['npm run nothing [-- <challenge>]', 'package.json has no script nothing'],
    ['npx no-such-tool run', 'no package of this repository has a command no-such-tool'],
    ['docker build -f runtime/Containerfile .', 'there is no runtime/Containerfile'],
    ['bash .ci/all', 'there is no .ci/all'],
  ])('finds what is wrong with %s', (text, fault) => {
    expect(faultOf(text)).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
  });
});

describe('isMention', () => {
  it.each([
    ['npx keyspace-grader', true],
    ['keyspace-grader batch', true],
    ['keyspace-grader grade …', true],
    ['keyspace-grader doctor', false],
    ['keyspace-grader grade sessions/cantina', false],
    ['npm test', false],
  ])('%s: %s', (text, expected) => {
    expect(isMention(text)).toBe(expected);
  });
});
