import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, api } from "@/lib/api";

const PAUSE_MS = 200;
const SHOWN = 6;

/** The first leads that have the words, wherever they stand. */
export const foundLeadsQuery = (words: string) =>
  queryOptions({
    queryKey: ["leads", "found", words] as const,
    queryFn: async ({ signal }) =>
      (await answered(api.GET("/api/messages", { params: { query: { q: words, limit: SHOWN } }, signal }))).items,
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });

/** What was typed, once somebody has stopped typing for a moment. */
export function usePaused(typed: string): string {
  const [paused, setPaused] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return paused;
}
