import { renew, shopId } from './session';

export interface LiveEvent {
  id: string;
  kind: string;
  data: Record<string, unknown>;
}

/** One event as it stands in the stream; undefined for a heartbeat. */
export function parseEvent(block: string): LiveEvent | undefined {
  let id = '';
  let kind = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at < 1) continue;
    const value = line.slice(at + 1).replace(/^ /, '');
    const name = line.slice(0, at);
    if (name === 'id') id = value;
    else if (name === 'event') kind = value;
    else if (name === 'data') data.push(value);
  }
  if (data.length === 0) return undefined;
  try {
    const told = JSON.parse(data.join('\n')) as Record<string, unknown>;
    return { id, kind: typeof told.kind === 'string' ? told.kind : kind, data: told };
  } catch {
    return undefined;
  }
}

// The shop says at least every 15 seconds that it is there; a line that is dead does not say so.
const SILENCE = 45_000;

/** Reads the events of the shop until it is stopped. After a break it goes on behind the last event that was seen. */
export function listen(onEvent: (event: LiveEvent) => void, onState: (open: boolean) => void): () => void {
  const stop = new AbortController();
  let last = '';
  let wait = 1_000;

  async function once(): Promise<void> {
    const response = await fetch(`/v1/events?tenant=${encodeURIComponent(shopId() ?? '')}`, {
      headers: { Accept: 'text/event-stream', 'X-TENANT-ID': shopId() ?? '', ...(last && { 'Last-Event-ID': last }) },
      signal: stop.signal,
    });
    if (response.status === 401 && !(await renew())) {
      stop.abort();
      return;
    }
    if (!response.ok || !response.body) return;
    onState(true);
    wait = 1_000;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const dead = setTimeout(() => void reader.cancel(), SILENCE);
      const { value, done } = await reader.read().finally(() => {
        clearTimeout(dead);
      });
      if (done) return;
      const blocks = (rest + value.replaceAll('\r', '')).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const event of blocks.map(parseEvent)) {
        if (!event) continue;
        if (event.id) last = event.id;
        onEvent(event);
      }
    }
  }

  async function forever(): Promise<void> {
    while (!stop.signal.aborted) {
      await once().catch(() => undefined);
      if (stop.signal.aborted) return;
      onState(false);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, 30_000);
    }
  }
  void forever();
  return () => {
    stop.abort();
  };
}
