import { useMutation, useQueryClient } from "@tanstack/react-query";

import { invitationsQuery } from "@/features/members/queries";
import { texts } from "@/features/members/texts";
import { answered, api, type components } from "@/lib/api";
import { notify } from "@/lib/notify";

type NewInvitation = components["schemas"]["NewInvitation"];

/** Sends an invitation; an earlier one of the same address ends. */
export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: NewInvitation & { key: string }) =>
      answered(api.POST("/api/invitations", { params: { header: { "Idempotency-Key": key } }, body })),
    onSuccess: async ({ email }) => {
      await client.invalidateQueries({ queryKey: invitationsQuery().queryKey });
      notify({ title: texts.invited(email), tone: "good" });
    },
  });
}
