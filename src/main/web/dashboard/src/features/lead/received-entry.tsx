import { useQuery } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Failed, Skeleton } from "@/components/ui/states";
import { EntryFrame, Said } from "@/features/lead/entry-frame";
import { texts } from "@/features/lead/texts";
import type { LeadInFull, ThreadEntry } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api } from "@/lib/api";
import { bytes } from "@/lib/format";

/** A mail or an SMS that was received, without what it quotes until that is wanted. */
export function ReceivedEntry({ entry, lead }: { entry: ThreadEntry; lead: LeadInFull }) {
  const [isWhole, setWhole] = useState(false);
  const sender = entry.sender ?? "";
  const isOfLead = [lead.contactEmail?.toLowerCase(), lead.contactPhoneE164].includes(sender);
  return (
    <EntryFrame
      entry={entry}
      who={isOfLead ? nameOf(lead) : sender}
      beside={
        entry.automatic && (
          <Badge tone="warn" title={texts.automaticAbout}>
            {texts.automatic}
          </Badge>
        )
      }
    >
      {isWhole ? <Original leadId={lead.id} entry={entry} /> : <Shown text={entry.body} />}
      <Attachments attachments={entry.attachments} />
      {entry.trimmed && (
        <Button
          variant="quiet"
          size="s"
          className="-ms-2 justify-self-start"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? texts.hideOriginal : texts.showOriginal}
        </Button>
      )}
    </EntryFrame>
  );
}

function Shown({ text }: { text: string }) {
  return text === "" ? <p className="text-s text-soft">{texts.noText}</p> : <Said text={text} />;
}

function Original({ leadId, entry }: { leadId: string; entry: ThreadEntry }) {
  const path = { id: leadId, replyId: entry.id };
  const reply = useQuery({
    queryKey: [...leadKeys.detail(leadId), "replies", entry.id],
    queryFn: ({ signal }) => answered(api.GET("/api/messages/{id}/replies/{replyId}", { params: { path }, signal })),
    staleTime: Infinity,
  });
  if (reply.isPending) {
    return <Skeleton className="h-12" />;
  }
  return reply.isError ? (
    <Failed error={reply.error} retry={() => void reply.refetch()} className="py-2" />
  ) : (
    <Said text={reply.data.original ?? entry.body} />
  );
}

/** Their names only: nothing of them is here that could be opened. */
function Attachments({ attachments }: Pick<ThreadEntry, "attachments">) {
  if (attachments.length === 0) {
    return null;
  }
  return (
    <div className="mt-1 grid gap-1 text-xs text-soft">
      <ul aria-label={texts.attachments} className="grid gap-1">
        {attachments.map(({ name, size }, place) => (
          <li key={place} className="flex items-center gap-1 wrap-anywhere">
            <Paperclip className="size-3 shrink-0" aria-hidden />
            <bdi>{name || texts.nameless}</bdi>
            {size !== null && <span>{bytes(size)}</span>}
          </li>
        ))}
      </ul>
      <p>{texts.attachmentsAbout}</p>
    </div>
  );
}
