import { useMutation, useQueryClient } from "@tanstack/react-query";

import { Confirm } from "@/components/ui/confirm";
import { texts } from "@/features/inbox/texts";
import { useInboxNavigation } from "@/features/inbox/use-inbox";
import { answered, api, type components, reason } from "@/lib/api";
import { notify } from "@/lib/notify";

/** Asks first: a view that is shared goes for everybody. */
export function DeleteView({ view, onClose }: { view: components["schemas"]["View"]; onClose: () => void }) {
  const client = useQueryClient();
  const { narrow } = useInboxNavigation();
  const remove = useMutation({
    mutationFn: () => answered(api.DELETE("/api/views/{id}", { params: { path: { id: view.id } } })),
    onSuccess: () => {
      narrow({ saved: undefined });
      void client.invalidateQueries({ queryKey: ["views"] });
      notify({ title: texts.viewDeleted });
      onClose();
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.deleteView(view.name)}
      action={texts.menu.delete}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {texts.deleteViewAbout(view.isShared)}
    </Confirm>
  );
}
