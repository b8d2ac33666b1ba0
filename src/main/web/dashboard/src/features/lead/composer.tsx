import { channelsOf, type WritingChannel } from "@/features/lead/channels-of";
import { NewNote } from "@/features/lead/notes";
import { ReplyComposer } from "@/features/lead/reply-composer";
import { texts } from "@/features/lead/texts";
import type { LeadInFull } from "@/leads/lead";
import { cn } from "@/lib/cn";

/** Writes an e-mail, an SMS or a note, at the foot of the lead's page. */
export function Composer({
  lead,
  channel,
  onChannel,
  onClose,
}: {
  lead: LeadInFull;
  channel: WritingChannel;
  onChannel: (channel: WritingChannel) => void;
  onClose: () => void;
}) {
  return (
    <section aria-label={texts.compose} className="grid gap-2">
      <div role="group" aria-label={texts.by} className="flex gap-1">
        {channelsOf(lead).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === channel}
            onClick={() => onChannel(each)}
            className={cn(
              "h-8 rounded-m px-3 text-s text-soft hover:bg-sunken max-md:h-11",
              each === channel && "bg-accent-soft font-medium text-accent-strong",
            )}
          >
            {texts.replyBy[each]}
          </button>
        ))}
      </div>
      {channel === "note" ? (
        <NewNote leadId={lead.id} onClose={onClose} />
      ) : (
        <ReplyComposer key={channel} lead={lead} channel={channel} onClose={onClose} />
      )}
    </section>
  );
}
