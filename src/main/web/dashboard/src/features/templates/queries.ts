import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { Draft } from "@/features/templates/template";
import { answered, api } from "@/lib/api";

export const templatesQuery = () =>
  queryOptions({
    queryKey: ["templates"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/templates", { signal }))).templates,
    staleTime: 60_000,
  });

/** A text as a lead would get it: the one that is named, or one that is made up. */
export const previewQuery = ({ channel, subject, body }: Omit<Draft, "name">, messageId: string | undefined) => {
  const asked = {
    channel,
    body,
    ...(channel === "email" && subject.trim() && { subject }),
    ...(messageId && { messageId }),
  };
  return queryOptions({
    queryKey: ["template-preview", asked] as const,
    queryFn: ({ signal }) => answered(api.POST("/api/templates/preview", { body: asked, signal })),
    enabled: body.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
};
