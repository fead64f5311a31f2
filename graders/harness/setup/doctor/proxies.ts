import { type Finding, findings } from './finding.ts';

const LOCAL = ['localhost', '127.0.0.1'];
const REMEDY = 'export NO_PROXY=localhost,127.0.0.1,::1 no_proxy=localhost,127.0.0.1,::1';

/** Settings of proxies that send what is meant for this machine elsewhere, or that no program can read. */
export function examineProxies(environment: NodeJS.ProcessEnv = process.env): Finding {
  const { fine, limited } = findings('proxies', 'Proxies');
  const set = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) =>
    [name, name.toUpperCase()].filter((variant) => environment[variant]),
  );
  if (set.length === 0) return fine('none');
  const broken = set.find((name) => !isProxyAddress(environment[name] ?? ''));
  if (broken !== undefined) {
    const value = environment[broken] ?? '';
    return limited(`${broken} is no address of a proxy: it must begin with http://`, mended(broken, value));
  }
  const exceptions = (environment.NO_PROXY || environment.no_proxy || '').split(/[\s,]+/);
  const exempt = exceptions.includes('*') || LOCAL.every((host) => exceptions.includes(host));
  if (exempt) return fine(`${set.join(' and ')}, and not for this machine`);
  return limited(
    `${set.join(' and ')} without NO_PROXY for this machine: a client may look for a server on it at the proxy`,
    REMEDY,
  );
}

function isProxyAddress(text: string): boolean {
  return /^(?:https?|socks[45]?[ah]?):\/\//i.test(text) && URL.canParse(text);
}

/** The scheme put before it, where that is all that it lacks. */
function mended(name: string, value: string): string {
  const address = `http://${value}`;
  return /^[\w.:@-]+\/?$/.test(value) && URL.canParse(address)
    ? `export ${name}=${address}`
    : `unset ${name}`;
}
