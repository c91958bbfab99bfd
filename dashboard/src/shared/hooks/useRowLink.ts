import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent } from 'react';

/** A whole row leads where the link in it leads; links and buttons in it keep their own way. */
export function useRowLink() {
  const navigate = useNavigate();
  return (to: string) => ({
    style: { cursor: 'pointer' },
    onClick: (event: MouseEvent<HTMLElement>) => {
      if ((event.target as HTMLElement).closest('a, button, input')) return;
      void navigate({ to });
    },
  });
}
