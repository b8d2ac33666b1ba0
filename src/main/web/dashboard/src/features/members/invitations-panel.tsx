import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { type Invitation, invitationsQuery } from "@/features/members/queries";
import { texts } from "@/features/members/texts";
import { useInvite } from "@/features/members/use-invite";
import { answered, api, idempotencyKey, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";
import { useNow } from "@/lib/use-now";

/** Who is invited and has not come yet. */
export function InvitationsPanel() {
  const invitations = useQuery(invitationsQuery());
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  return (
    <Panel title={texts.invitations}>
      {invitations.isPending ? (
        <Waiting rows={1} />
      ) : invitations.isError ? (
        <Failed error={invitations.error} retry={() => void invitations.refetch()} className="py-8" />
      ) : invitations.data.length === 0 ? (
        <p className="px-4 py-5 text-s text-soft">{texts.noInvitations}</p>
      ) : (
        <ul className="divide-y divide-line">
          {invitations.data.map((each) => (
            <InvitationRow key={each.id} invitation={each} onWithdraw={() => setWithdrawing(each)} />
          ))}
        </ul>
      )}
      {withdrawing && <Withdrawal invitation={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </Panel>
  );
}

function InvitationRow({ invitation, onWithdraw }: { invitation: Invitation; onWithdraw: () => void }) {
  const { email, role, invitedBy, expiresAt } = invitation;
  const now = useNow();
  const invite = useInvite();
  const isOver = Date.parse(expiresAt) <= now;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{email}</span>
          <Badge>{texts.roles[role]}</Badge>
          {isOver && <Badge tone="warn">{texts.ended}</Badge>}
        </p>
        <p className="text-s text-soft">
          {texts.by(invitedBy)}
          {!isOver && (
            <>
              {" · "}
              {texts.ends} <Moment at={expiresAt} />
            </>
          )}
        </p>
        {invite.isError && (
          <p role="alert" className="text-s text-danger">
            {reason(invite.error)}
          </p>
        )}
      </div>
      {isOwner() && (
        <div className="ms-auto flex gap-2">
          {isOver && (
            <Button
              size="s"
              aria-label={texts.againWho(email)}
              disabled={invite.isPending}
              onClick={() => invite.mutate({ email, role, key: idempotencyKey() })}
            >
              {texts.again}
            </Button>
          )}
          <Button size="s" aria-label={texts.withdrawWho(email)} onClick={onWithdraw}>
            {texts.withdraw}
          </Button>
        </div>
      )}
    </li>
  );
}

function Withdrawal({ invitation: { id, email }, onClose }: { invitation: Invitation; onClose: () => void }) {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => answered(api.DELETE("/api/invitations/{id}", { params: { path: { id } } })),
    onSuccess: () => void notify({ title: texts.withdrawn }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: invitationsQuery().queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={texts.withdrawTitle(email)}
      action={texts.withdraw}
      busy={withdraw.isPending}
      onConfirm={() => withdraw.mutate()}
    >
      {texts.withdrawAbout}
    </Confirm>
  );
}
