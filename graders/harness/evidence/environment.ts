/** The kinds of engine that a server can run in, in the order in which `auto` tries them. */
export const ENGINES = ['docker', 'local'] as const;
export type EngineKind = (typeof ENGINES)[number];

/** What may be asked for: `auto` is the first engine that can be used. */
export const ENGINE_CHOICES = ['auto', ...ENGINES] as const;

/** How far a script can be kept from the machine. */
export const SANDBOXES = ['process', 'container'] as const;
export type SandboxKind = (typeof SANDBOXES)[number];
