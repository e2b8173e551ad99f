/** Colours that people with any colour vision tell apart (Okabe and Ito, 2008), in an order for light and dark alike. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8a6d3b', '#7a7fd1', '#5e8c31', '#999999'];

export function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#999999';
}
