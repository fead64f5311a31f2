import { createHash } from 'node:crypto';

/**
 * The Content-Security-Policy of a page that has nothing but these inline styles and this inline script: a
 * script that came in otherwise does not run, and nothing is fetched from anywhere.
 */
export function policyFor(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
