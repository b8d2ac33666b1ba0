import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { texts } from "@/features/lead/texts";
import { answered, api } from "@/lib/api";
import { cn } from "@/lib/cn";
import { money } from "@/lib/format";

const PAUSE_MS = 400;

/** What a text takes as an SMS: each part is paid for, and too many are refused. */
export function ReplySize({ text }: { text: string }) {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const size = useQuery({
    queryKey: ["sms-size", settled] as const,
    queryFn: ({ signal }) =>
      // Braces are text here, and placeholders to a template.
      answered(
        api.POST("/api/templates/preview", { body: { channel: "sms", body: settled.replaceAll("{{", "((") }, signal }),
      ),
    enabled: settled.trim() !== "" && settled.length <= 5_000,
    placeholderData: keepPreviousData,
  });
  const price = useQuery({
    queryKey: ["usage"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/usage", { signal })),
    staleTime: 5 * 60_000,
  }).data?.sms;
  const segments = text.trim() === "" ? null : size.data?.segments;
  if (!segments) {
    return null;
  }
  const isTooLong = segments.parts > segments.maxParts;
  return (
    <p role="status" className={cn("text-s", isTooLong ? "text-danger" : "text-soft")}>
      {texts.parts(segments.parts, segments.maxParts)}
      {price && texts.cost(money(segments.parts * price.pricePerPart, price.currency))}
      {segments.encoding === "UCS-2" && texts.longerForSigns}
      {isTooLong && texts.tooLong}
    </p>
  );
}
