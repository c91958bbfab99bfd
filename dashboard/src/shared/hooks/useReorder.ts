import { useState, type DragEvent } from 'react';

/** Puts things into another order, by dragging one onto another's place or by a step. */
export function useReorder(ids: string[], onOrder: (ids: string[]) => void) {
  const [dragged, setDragged] = useState<number>();
  const move = (from: number, to: number) => {
    const moved = ids[from];
    if (moved === undefined || from === to || to < 0 || to >= ids.length) return;
    const next = ids.filter((_, n) => n !== from);
    next.splice(to, 0, moved);
    onOrder(next);
  };
  const handle = (n: number) => ({
    draggable: true,
    onDragStart: () => {
      setDragged(n);
    },
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
    },
    onDrop: () => {
      if (dragged !== undefined) move(dragged, n);
      setDragged(undefined);
    },
  });
  return { move, handle };
}
