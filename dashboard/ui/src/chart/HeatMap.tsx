import { useEffect, useRef } from 'preact/hooks';
import { theme } from '../state/theme';
import { less } from './palette';

interface Props {
  size: number; // of a side
  weight: (row: number, column: number) => number; // from 0 to 1; from -1 for two directions
  stamp: string; // another one means that it is drawn anew
  label: string; // nothing where what is around it says it
  onHover?: (row: number | null, column: number | null) => void;
}

function channels(colour: string): [number, number, number] {
  const hex = colour.trim().slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** A square of weights, one pixel each, from the colour of the sheet to that of water, or to orange for what is less than nothing. */
export function HeatMap({ size, weight, stamp, label, onHover }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined || size === 0) return;
    const style = getComputedStyle(document.documentElement);
    const from = channels(style.getPropertyValue('--sheet'));
    const up = channels(style.getPropertyValue('--water'));
    const down = channels(less(theme.value));
    const image = context.createImageData(size, size);
    for (let at = 0; at < size * size; at++) {
      const value = weight(Math.floor(at / size), at % size);
      const to = value < 0 ? down : up;
      const share = Math.sqrt(Math.abs(value)); // weak ones are seen as well
      from.forEach((low, channel) => (image.data[4 * at + channel] = low + ((to[channel] ?? 0) - low) * share));
      image.data[4 * at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [stamp, size, theme.value]);
  const place = (at: number, length: number) => Math.min(size - 1, Math.max(0, Math.floor((at / length) * size)));
  const hover = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    onHover?.(place(event.clientY - box.top, box.height), place(event.clientX - box.left, box.width));
  };
  return (
    <canvas
      ref={canvas} class="heat" width={size} height={size} {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      onMouseMove={hover} onMouseLeave={() => onHover?.(null, null)}
    />
  );
}
