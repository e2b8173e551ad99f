/** A canvas as large as its box, with the box's units. */
export function prepared(canvas: HTMLCanvasElement): { context: CanvasRenderingContext2D; width: number; height: number } {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(devicePixelRatio, devicePixelRatio);
  return { context, width, height };
}

export function property(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
