/**
 * Makes harmless what GitHub Actions takes for a command when it reads a log: `::name::` where a line
 * begins, blanks and colours aside, and `##[name]` anywhere in it. What stood there can still be read.
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function withoutWorkflowCommands(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
      .replace(/^((?:[^\S\n\r\u2028\u2029]|\u001b\[[\d;]*m)*):(?=:)/gm, '$1\\x3a')
      .replaceAll('##[', '#\\x23[')
  );
}

/** The same for JSON, which goes on to mean what it did: `##[` can only stand inside of a string there. */
export function jsonWithoutWorkflowCommands(json: string): string {
  return json.replaceAll('##[', '#\\u0023[');
}

/**
 * A command to GitHub's runner, of which nothing in its texts can make another one.
 * Source: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const told = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${name} ${told.join(',')}::${escapedData(withoutWorkflowCommands(message))}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
