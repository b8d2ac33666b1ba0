import { useQuery } from "@tanstack/react-query";
import { UserPlus, Users } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { InvitationsPanel } from "@/features/members/invitations-panel";
import { InviteDialog } from "@/features/members/invite-dialog";
import { MemberRow } from "@/features/members/member-row";
import { texts } from "@/features/members/texts";
import { membersQuery } from "@/leads/queries";
import { isOwner } from "@/lib/session";

/** Who belongs to the business, and who is asked to. */
export function MembersPage() {
  const members = useQuery(membersQuery());
  const [isInviting, setInviting] = useState(false);
  const invite = isOwner() && (
    <Button variant="primary" onClick={() => setInviting(true)}>
      <UserPlus /> {texts.invite}
    </Button>
  );
  return (
    <Page title={texts.title} description={texts.about} actions={invite}>
      <Panel title={texts.members}>
        {members.isPending ? (
          <Waiting rows={3} />
        ) : members.isError ? (
          <Failed error={members.error} retry={() => void members.refetch()} />
        ) : members.data.length === 0 ? (
          <Empty icon={Users} title={texts.noMembers} />
        ) : (
          <ul className="divide-y divide-line">
            {members.data.map((each) => (
              <MemberRow key={each.id} member={each} />
            ))}
          </ul>
        )}
      </Panel>
      <InvitationsPanel />
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}
