const REGION = /(<!-- generated: (\S+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/**
 * A document whose marked regions hold these parts; what stands around them is written by hand and stays.
 * Throws Error where a part has no region, or a region no part.
 */
export function fillRegions(text: string, parts: Readonly<Record<string, string>>): string {
  const left = new Set(Object.keys(parts));
  const filled = text.replace(REGION, (_, start: string, name: string, end: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`nothing is generated for the region ${name}`);
    left.delete(name);
    return `${start}\n${part}\n\n${end}`;
  });
  if (left.size > 0) throw new Error(`there is no region for ${[...left].join(', ')}`);
  return filled;
}
