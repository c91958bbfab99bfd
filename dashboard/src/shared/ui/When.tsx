import { ago, dateTime } from '@/shared/format/dates';
import { useFormat } from '@/shared/session/session';

/** A moment as briefly as it can be said; all of it when pointed at. */
export function When({ at, full = false }: { at: string; full?: boolean }) {
  const { clock } = useFormat();
  const whole = dateTime(at, clock);
  return (
    <time dateTime={at} title={whole} className="figures" style={{ whiteSpace: 'nowrap' }}>
      {full ? whole : ago(at, clock)}
    </time>
  );
}
