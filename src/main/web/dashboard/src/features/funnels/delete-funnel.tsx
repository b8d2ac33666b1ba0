import { useMutation, useQueryClient } from "@tanstack/react-query";

import { Confirm } from "@/components/ui/confirm";
import { type Funnel, nameOfFunnel } from "@/features/funnels/funnel";
import { texts } from "@/features/funnels/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";

/** Asks first: links and codes that were given away lead to the form. */
export function DeleteFunnel({ funnel, onClose }: { funnel: Funnel; onClose: () => void }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answered(api.DELETE("/api/funnels/{id}", { params: { path: { id: funnel.id } } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["funnels"] });
      notify({ title: texts.deleted });
      onClose();
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.delete(nameOfFunnel(funnel))}
      action={texts.deleteIt}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {texts.deleteAbout}
    </Confirm>
  );
}
