import { Eye, PencilLine } from "lucide-react";

import { texts } from "@/features/lead/texts";
import type { LeadInFull } from "@/leads/lead";
import { shortName } from "@/leads/names";
import { useOthers } from "@/leads/presence";
import { list, relative } from "@/lib/format";
import { currentSession } from "@/lib/session";

const JUST_NOW_MS = 5 * 60_000;

/** Who else looks at the lead, or writes to it. */
export function Others({ leadId }: { leadId: string }) {
  const others = useOthers(leadId);
  const names = (activity: string) =>
    others.filter((each) => each.activity === activity).map(({ name }) => shortName(name));
  const [writing, viewing] = [names("writing"), names("viewing")];
  return (
    <div role="status" className="flex flex-wrap gap-x-4 gap-y-1 text-xs empty:hidden [&_svg]:size-3.5">
      {writing.length > 0 && (
        <span className="flex items-center gap-1.5 font-medium text-warn">
          <PencilLine aria-hidden /> {texts.areWriting(list(writing), writing.length)}
        </span>
      )}
      {viewing.length > 0 && (
        <span className="flex items-center gap-1.5 text-soft">
          <Eye aria-hidden /> {texts.areViewing(list(viewing), viewing.length)}
        </span>
      )}
    </div>
  );
}

/** Warns whoever writes that a colleague does the same, or has just done it. */
export function CollisionWarning({ lead, since }: { lead: LeadInFull; since: number }) {
  const writing = useOthers(lead.id).filter(({ activity }) => activity === "writing");
  const me = currentSession()?.person.id;
  const replied = lead.thread?.findLast(
    ({ direction, authorId, createdAt }) =>
      direction === "out" && authorId !== null && authorId !== me && Date.parse(createdAt) > since - JUST_NOW_MS,
  );
  const text =
    writing.length > 0
      ? texts.writesToo(list(writing.map(({ name }) => shortName(name))), writing.length)
      : replied && texts.hasReplied(shortName(replied.author), relative(replied.createdAt));
  return text ? (
    <p role="alert" className="rounded-m bg-warn-soft px-3 py-2 text-s text-warn">
      {text}
    </p>
  ) : null;
}
