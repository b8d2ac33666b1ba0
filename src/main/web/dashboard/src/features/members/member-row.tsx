import { Trash2 } from "lucide-react";
import { useState } from "react";

import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Select } from "@/components/ui/field";
import { Moment } from "@/components/ui/moment";
import { Away } from "@/features/members/away";
import { type Member, ROLES } from "@/features/members/queries";
import { texts } from "@/features/members/texts";
import { isMe, nameOfMember, useMemberActions } from "@/features/members/use-member-actions";
import { reason } from "@/lib/api";
import { currentBusiness, isOwner, type Role } from "@/lib/session";

/** A member; owners give them another role or remove them. */
export function MemberRow({ member }: { member: Member }) {
  const { change, remove } = useMemberActions(member);
  const [demotion, setDemotion] = useState<Role>();
  const [isRemoving, setRemoving] = useState(false);
  const me = isMe(member);
  const name = nameOfMember(member);
  const isNamesake = member.id === currentBusiness()?.id;
  const mayChange = isOwner() && !isNamesake;
  const wrong = change.error ?? remove.error;
  const give = (role: Role) => {
    remove.reset();
    change.mutate(role);
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Avatar name={name} className="self-start" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{name}</span>
          {me && <Badge tone="good">{texts.you}</Badge>}
        </p>
        <p className="text-s text-soft">
          {isNamesake && isOwner() ? (
            texts.namesake
          ) : member.createdAt ? (
            <>
              {texts.since} <Moment at={member.createdAt} />
            </>
          ) : (
            texts.mayDo[member.role]
          )}
          {member.confirmedAddresses &&
            ` · ${member.confirmedAddresses.includes("sms") ? texts.hasNumber : texts.noNumber}`}
        </p>
      </div>
      {mayChange ? (
        <div className="ms-auto flex items-center gap-1">
          <Select
            aria-label={texts.roleOf(name)}
            className="w-auto text-s"
            value={member.role}
            disabled={change.isPending}
            onChange={(event) => {
              const role = event.target.value as Role;
              return me ? setDemotion(role) : give(role);
            }}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {texts.roles[role]}
              </option>
            ))}
          </Select>
          <Button
            variant="quiet"
            size="icon"
            aria-label={me ? texts.leave : texts.removeWho(name)}
            onClick={() => setRemoving(true)}
          >
            <Trash2 />
          </Button>
        </div>
      ) : (
        <Badge className="ms-11 sm:ms-0">{texts.roles[member.role]}</Badge>
      )}
      {member.role !== "viewer" && <Away member={member} />}
      {wrong && (
        <p role="alert" className="basis-full text-s text-danger">
          {reason(wrong)}
        </p>
      )}
      {demotion && (
        <Confirm
          open
          onOpenChange={() => setDemotion(undefined)}
          title={texts.demoteTitle}
          action={texts.demote(demotion)}
          onConfirm={() => {
            give(demotion);
            setDemotion(undefined);
          }}
        >
          {texts.demoteAbout(demotion)}
        </Confirm>
      )}
      <Confirm
        open={isRemoving}
        onOpenChange={setRemoving}
        title={me ? texts.leaveTitle : texts.removeTitle(name)}
        action={me ? texts.leave : texts.remove}
        busy={remove.isPending}
        onConfirm={() => {
          change.reset();
          remove.mutate(undefined, { onSettled: () => setRemoving(false) });
        }}
      >
        {me ? texts.leaveAbout : texts.removeAbout}
      </Confirm>
    </li>
  );
}
