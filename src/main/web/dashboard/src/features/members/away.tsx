import { useMutation, useQueryClient } from "@tanstack/react-query";

import { Badge } from "@/components/ui/badge";
import { Input } from "@/components/ui/field";
import { Moment } from "@/components/ui/moment";
import { Switch } from "@/components/ui/switch";
import type { Member } from "@/features/members/queries";
import { texts } from "@/features/members/texts";
import { isMe, nameOfMember } from "@/features/members/use-member-actions";
import { membersQuery } from "@/leads/queries";
import { answered, api, reason } from "@/lib/api";
import { isOwner } from "@/lib/session";

/** Whether a member is away, and until when; they say it of themselves, owners of everybody. */
export function Away({ member }: { member: Member }) {
  const client = useQueryClient();
  const path = { params: { path: { id: member.id } } };
  const set = useMutation({
    mutationFn: (until: string | null | undefined) =>
      until === undefined
        ? answered(api.DELETE("/api/members/{id}/absence", path))
        : answered(api.PUT("/api/members/{id}/absence", { ...path, body: { until } })),
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery().queryKey }),
  });
  const name = nameOfMember(member);
  const { awayFrom, awayUntil } = member;
  if (!isOwner() && !isMe(member)) {
    return awayFrom ? <Badge tone="warn">{texts.away}</Badge> : null;
  }
  return (
    <div className="flex basis-full flex-wrap items-center gap-x-3 gap-y-2 ps-11 text-s">
      <label className="flex items-center gap-2">
        <Switch
          aria-label={texts.awayOf(name)}
          checked={Boolean(awayFrom)}
          disabled={set.isPending}
          onCheckedChange={(isAway) => set.mutate(isAway ? null : undefined)}
        />
        {texts.away}
      </label>
      {awayFrom && (
        <span className="flex flex-wrap items-center gap-2 text-soft">
          {awayUntil ? (
            <>
              {texts.backAt} <Moment at={awayUntil} />
            </>
          ) : (
            texts.backUnknown
          )}
          <Input
            type="datetime-local"
            className="h-9 w-auto text-s"
            aria-label={texts.untilOf(name)}
            onBlur={(event) => {
              if (event.target.value !== "") {
                set.mutate(new Date(event.target.value).toISOString());
              }
            }}
          />
        </span>
      )}
      {set.isError && (
        <p role="alert" className="basis-full text-danger">
          {reason(set.error)}
        </p>
      )}
    </div>
  );
}
