import { withVariables } from '../../../base/environment.ts';
import { readDockerConfig } from './docker-config.ts';

// Whoever needs testcontainers has it from here. While it is loaded it reads Docker's settings, and where they are no
// JSON the whole process would end: it is given what can be used of them, and reads no file.
const { default: testcontainers } = await withVariables(
  { DOCKER_AUTH_CONFIG: JSON.stringify(readDockerConfig().auth) },
  () => import('testcontainers'),
);

export const { GenericContainer, getContainerRuntimeClient, ImageName } = testcontainers;
