import { useMutation, useQueryClient } from "@tanstack/react-query";

import { type Member } from "@/features/members/queries";
import { texts } from "@/features/members/texts";
import { membersQuery } from "@/leads/queries";
import { answered, api } from "@/lib/api";
import { notify } from "@/lib/notify";
import { currentSession, type Role, sessionQuery } from "@/lib/session";

export function nameOfMember({ email }: Pick<Member, "email">): string {
  return email ?? texts.nobody;
}

export function isMe({ id }: Pick<Member, "id">): boolean {
  return id === currentSession()?.person.id;
}

/** What owners do with a member; refusals are shown where the member stands. */
export function useMemberActions(member: Member) {
  const client = useQueryClient();
  const path = { params: { path: { id: member.id } } };
  return {
    change: useMutation({
      mutationFn: (role: Role) => answered(api.PATCH("/api/members/{id}", { ...path, body: { role } })),
      onSuccess: async ({ role }) => {
        if (isMe(member)) {
          // From now on the page shows what another role may do.
          await client.fetchQuery({ ...sessionQuery(), staleTime: 0 });
        }
        await client.invalidateQueries({ queryKey: membersQuery().queryKey });
        notify({ title: texts.changed(nameOfMember(member), role), tone: "good" });
      },
    }),
    remove: useMutation({
      mutationFn: () => answered(api.DELETE("/api/members/{id}", path)),
      onSuccess: async () => {
        if (isMe(member)) {
          location.assign("/inbox");
          return;
        }
        await client.invalidateQueries({ queryKey: membersQuery().queryKey });
        notify({ title: texts.removed(nameOfMember(member)) });
      },
    }),
  };
}
