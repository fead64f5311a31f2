import { prepareTestbed, type Testbed, type TestbedChoice } from '../grading/testbed.ts';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../recording/engine/image.ts';

const IMAGES = { image: DEFAULT_IMAGE, runtimeImage: RUNTIME_IMAGE };

/** Every combination that submissions are graded on, by the name that tests give it. */
const TESTBEDS = {
  local: { engine: 'local', sandbox: 'process', ...IMAGES },
  docker: { engine: 'docker', sandbox: 'process', ...IMAGES },
  container: { engine: 'docker', sandbox: 'container', ...IMAGES },
} as const satisfies Record<string, TestbedChoice>;

export type TestbedName = keyof typeof TESTBEDS;

/** A testbed for tests; what it is doing is told to nobody. */
export function testbed(name: TestbedName): Promise<Testbed> {
  return prepareTestbed(TESTBEDS[name], () => undefined);
}
