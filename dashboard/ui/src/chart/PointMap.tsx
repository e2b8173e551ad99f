import { useEffect, useRef, useState } from 'preact/hooks';
import { theme } from '../state/theme';
import { useMoving } from './moving';
import { fitting, nearest, type Plane, towards, zoomed } from './plane';
import { draw, type MapPoints } from './points';

interface Props extends MapPoints {
  stamp: string; // another one means other points, rather than the same ones elsewhere
  onChoose: (index: number) => void;
  label: string;
}

const CLOSE = 14;
const ARROWS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Points on a plane that is dragged and zoomed; drawn on a canvas of two dimensions, which is fast enough for a vocabulary. */
export function PointMap(asked: Props) {
  const props = { ...asked, ...useMoving(asked.x, asked.y, asked.stamp) };
  const canvas = useRef<HTMLCanvasElement>(null);
  const [plane, setPlane] = useState<Plane | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const dragged = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element !== null) setPlane(fitting(asked.x, asked.y, element.clientWidth, element.clientHeight));
  }, [props.stamp]);
  useEffect(() => {
    if (canvas.current !== null && plane !== null) draw(canvas.current, plane, props, hovered);
  }, [plane, hovered, props.x, props.y, props.chosen, props.near.join(), props.colours, theme.value]);
  useEffect(() => {
    const element = canvas.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      setPlane((before) => before && zoomed(before, Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY));
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, []);
  const move = (event: PointerEvent) => {
    const from = dragged.current;
    if (from !== null && event.buttons === 1) {
      const dx = event.clientX - from.x;
      const dy = event.clientY - from.y;
      dragged.current = { x: event.clientX, y: event.clientY, moved: from.moved || Math.abs(dx) + Math.abs(dy) > 2 };
      setPlane((before) => before && { ...before, offsetX: before.offsetX + dx, offsetY: before.offsetY + dy });
    } else if (plane !== null) {
      setHovered(nearest(plane, props.x, props.y, event.offsetX, event.offsetY, CLOSE));
    }
  };
  const keys = (event: KeyboardEvent) => {
    const element = canvas.current;
    const arrow = ARROWS[event.key];
    if (event.key === 'Enter' && hovered !== null) props.onChoose(hovered);
    if (element !== null && plane !== null && arrow !== undefined) {
      event.preventDefault();
      event.stopPropagation(); // elsewhere they go through checkpoints
      const from = hovered ?? props.chosen ?? nearest(plane, props.x, props.y, element.clientWidth / 2, element.clientHeight / 2, Number.POSITIVE_INFINITY);
      if (from !== null) setHovered(hovered === null ? from : (towards(props.x, props.y, from, arrow) ?? from));
    }
    if (element === null || (event.key !== '+' && event.key !== '-')) return;
    setPlane((before) => before && zoomed(before, event.key === '+' ? 1.4 : 1 / 1.4, element.clientWidth / 2, element.clientHeight / 2));
  };
  return (
    <>
      <canvas
        ref={canvas} class="map" tabIndex={0} role="application" aria-label={props.label} onKeyDown={keys} onPointerMove={move} onPointerLeave={() => setHovered(null)}
        onPointerDown={(event) => (dragged.current = { x: event.clientX, y: event.clientY, moved: false })}
        onPointerUp={() => {
          if (dragged.current?.moved === false && hovered !== null) props.onChoose(hovered);
          dragged.current = null;
        }}
      />
      <span class="unseen" role="status">{hovered === null ? '' : (props.labels[hovered] ?? '')}</span>
    </>
  );
}
