import { expect, test } from 'vitest';
import { COLOURS } from './palette';

type Triple = [number, number, number];

/** How linear red, green and blue are seen without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1). */
const VISION: Record<string, Triple[]> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const GROUND = { light: '#fffefb', dark: '#1b1f23' };

const APART = 0.06; // three times what an eye can just tell
const FAR_APART = 0.1;
const CONTRAST = 3; // of things that are no text, by WCAG 2.2, 1.4.11

function linear(colour: string): Triple {
  return [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

const weighted = (rows: Triple[], [a, b, c]: Triple): Triple => rows.map(([x, y, z]) => x * a + y * b + z * c) as Triple;

/** Where a colour lies in a space in which distance is difference to the eye (Oklab, Ottosson 2020). */
function seen(colour: string, vision: Triple[]): Triple {
  const light = weighted(vision, linear(colour)).map((each) => Math.max(0, each)) as Triple;
  const cones = weighted([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], light);
  return weighted([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], cones.map(Math.cbrt) as Triple);
}

function nearest(colours: string[], vision: Triple[]): number {
  const places = colours.map((colour) => seen(colour, vision));
  return Math.min(...places.flatMap((one, i) => places.slice(0, i).map((other) => Math.hypot(...one.map((x, j) => x - (other[j] ?? 0))))));
}

const luminance = (colour: string): number => weighted([[0.2126, 0.7152, 0.0722]], linear(colour))[0];

for (const theme of ['light', 'dark'] as const) {
  for (const [name, vision] of Object.entries(VISION)) {
    test(`ten ${theme} colours are told apart with ${name}`, () => {
      expect(nearest(COLOURS[theme], vision)).toBeGreaterThan(APART);
      expect(nearest(COLOURS[theme].slice(0, 5), vision)).toBeGreaterThan(FAR_APART);
    });
  }

  test(`${theme} colours stand out from their ground`, () => {
    for (const colour of COLOURS[theme]) {
      const [dark = 0, light = 0] = [luminance(colour), luminance(GROUND[theme])].sort((a, b) => a - b);
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(CONTRAST);
    }
  });
}
