/** Series by chart: one for each figure, in which sources, languages or percentiles are lines. */
export function groups(names: string[]): Map<string, string[]> {
  const charts = new Map<string, string[]>();
  for (const name of names) {
    const parts = name.split('/');
    const inner = /^p\d+Millis$/.test(parts.at(-1) ?? '');
    const many = parts.includes('bySource') || parts.includes('byLanguage');
    const heading = inner ? parts.slice(0, -1) : many ? [parts[0], parts[1], parts.at(-1)] : parts;
    const key = heading.join('/');
    charts.set(key, [...(charts.get(key) ?? []), name]);
  }
  return charts;
}

/** What a line is called in the chart of its group: its source, its percentile or its figure. */
export function lineName(name: string): string {
  const parts = name.split('/');
  return parts.length > 3 ? (parts[2] ?? name) : (parts.at(-1) ?? name).replace(/Millis$/, '');
}
