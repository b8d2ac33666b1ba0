import { useRef } from "react";

import { idempotencyKey } from "@/lib/api";

/** The key of a request that makes something: the same while the same is asked for, so that a second try does not make a second one. */
export function useIdempotencyKey(body: unknown): string {
  const asked = JSON.stringify(body);
  const kept = useRef<{ readonly asked: string; readonly key: string }>(undefined);
  if (kept.current?.asked !== asked) {
    kept.current = { asked, key: idempotencyKey() };
  }
  return kept.current.key;
}
