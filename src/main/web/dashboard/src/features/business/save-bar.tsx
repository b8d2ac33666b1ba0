import { Button } from "@/components/ui/button";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { texts } from "@/features/business/texts";

/** Stands at the foot while something is not saved, and asks before it would be lost. */
export function SaveBar({
  isDirty,
  isSaving,
  problem,
  onDiscard,
}: {
  isDirty: boolean;
  isSaving: boolean;
  problem: string | undefined;
  onDiscard: () => void;
}) {
  if (!isDirty) {
    return null;
  }
  return (
    <>
      <div className="sticky bottom-3 flex flex-wrap items-center gap-3 rounded-m border border-line bg-surface p-3 ps-4 shadow-raised">
        <p role="status" className="min-w-0 flex-1 basis-40 text-s">
          {problem ? <span className="text-danger">{problem}</span> : texts.unsaved}
        </p>
        <div className="ms-auto flex gap-2">
          <Button disabled={isSaving} onClick={onDiscard}>
            {texts.discard}
          </Button>
          <Button type="submit" variant="primary" disabled={isSaving}>
            {isSaving ? texts.saving : texts.save}
          </Button>
        </div>
      </div>
      <LeaveGuard isDirty />
    </>
  );
}
